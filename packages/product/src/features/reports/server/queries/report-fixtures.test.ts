import { createMemoryWarehouse } from '../../../../ports/warehouse/memory-warehouse.ts';
import { describeReportFixtures } from './report-fixtures.contract.ts';

describeReportFixtures('fold', async () => createMemoryWarehouse());
