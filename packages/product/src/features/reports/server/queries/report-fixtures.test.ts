import { createMemoryWarehouse } from '../../../../ports/warehouse/memory-warehouse.ts';
import { describeClockChanges } from './clock-changes.contract.ts';
import { describeReportFixtures } from './report-fixtures.contract.ts';

describeClockChanges('fold', async () => createMemoryWarehouse());
describeReportFixtures('fold', async () => createMemoryWarehouse());
