import { recentEvents } from '@gangway/product/features/people/server/queries/recent-events.ts';
import { timeline } from '@gangway/product/features/people/server/queries/timeline.ts';
import { describeClockChanges } from '@gangway/product/features/reports/server/queries/clock-changes.contract.ts';
import { reportCases, reportPeopleCases } from '@gangway/product/features/reports/server/queries/report-cases.contract.ts';
import { describeReportFixtures } from '@gangway/product/features/reports/server/queries/report-fixtures.contract.ts';
import { instants, names, reportHistories } from '@gangway/product/features/reports/server/queries/report-histories.contract.ts';
import { pastEvents } from '@gangway/product/pipeline/past-events.ts';
import { historyPeople } from '@gangway/product/ports/warehouse/warehouse-history.contract.ts';
import { describeWarehouseQueries, queryCase } from '@gangway/product/ports/warehouse/warehouse-queries.contract.ts';
import { integer, record, uniqueArray } from 'fast-check';
import { afterAll, test } from 'vitest';
import { createClickhouseWarehouse } from './clickhouse-warehouse.ts';
import { type ChdbServer, findChdb, startChdb } from './testing/start-chdb.ts';

const chdb = findChdb();
const limit = integer({ min: 0, max: 20 });
const servers: ChdbServer[] = [];
afterAll(() => Promise.all(servers.map((server) => server.stop())));

/** A warehouse of its own, for a store has one writer. */
async function openWarehouse(packages: string) {
  const server = await startChdb(packages);
  servers.push(server);
  return createClickhouseWarehouse({ url: server.url });
}

if (!chdb) {
  test.skip('ClickHouse is not asked: its engine is not installed (node scripts/install-test-tool.mjs chdb, 540 MB)', () => undefined);
} else {
  describeWarehouseQueries(
    'ClickHouse, reports over a season',
    () => openWarehouse(chdb),
    [
      ...reportCases,
      ...reportPeopleCases,
      queryCase(timeline, record({ person: integer({ min: 1, max: historyPeople }), before: instants.map((at) => at * 4096), limit })),
      queryCase(recentEvents, record({ limit })),
      queryCase(
        pastEvents,
        record({ people: uniqueArray(integer({ min: 1, max: historyPeople })), names: uniqueArray(names, { minLength: 1 }) }),
      ),
    ],
    { drawn: reportHistories, runs: 8 },
  );
  describeClockChanges('ClickHouse', () => openWarehouse(chdb));
  describeReportFixtures('ClickHouse', () => openWarehouse(chdb));
}
