import { describeRuleCases } from '@gangway/product/features/segments/server/queries/rule-cases-in-sql.contract.ts';
import { afterAll, test } from 'vitest';
import { createClickhouseWarehouse } from './clickhouse-warehouse.ts';
import { type ChdbServer, findChdb, startChdb } from './testing/start-chdb.ts';

const chdb = findChdb();
const servers: ChdbServer[] = [];
afterAll(() => Promise.all(servers.map((server) => server.stop())));

if (!chdb) {
  test.skip('rules are not asked of ClickHouse: its engine is not installed (node scripts/install-test-tool.mjs chdb, 540 MB)', () =>
    undefined);
} else {
  const open = async () => {
    const server = await startChdb(chdb);
    servers.push(server);
    return createClickhouseWarehouse({ url: server.url });
  };
  // All of them take minutes; the nightly run asks them all.
  describeRuleCases('ClickHouse', open, Number(process.env.RULE_CASES_EVERY ?? 30));
}
