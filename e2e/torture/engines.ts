import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Warehouse } from '@gangway/product/ports/warehouse/warehouse.ts';
import { createClickhouseWarehouse } from '@gangway/server/adapters/clickhouse/clickhouse-warehouse.ts';
import { findChdb, startChdb } from '@gangway/server/adapters/clickhouse/testing/start-chdb.ts';
import { createDuckdbWarehouse } from '@gangway/server/adapters/duckdb/duckdb-warehouse.ts';

/** A warehouse whose answers are compared. */
export interface Engine {
  readonly name: string;
  /** It answers every so many-th round of rules, and of queries every so many-th question of each round. */
  readonly every: number;
  readonly warehouse: Warehouse;
}

/** DuckDB, and ClickHouse where its engine is installed, each empty and in a folder of its own. */
export async function openEngines(clickhouseEvery: number): Promise<{ engines: readonly Engine[]; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'gangway-engines-'));
  const duckdb = await createDuckdbWarehouse({ path: join(folder, 'warehouse.duckdb'), memoryLimit: '512MB', threads: 1, runLength: 200 });
  const closeDuckdb = async () => {
    await duckdb.close();
    await rm(folder, { recursive: true, force: true });
  };
  const engines: readonly Engine[] = [{ name: 'duckdb', every: 1, warehouse: duckdb }];
  const chdb = findChdb();
  if (!chdb) {
    console.log('ClickHouse is left out: its engine is not installed (node scripts/install-test-tool.mjs chdb)');
    return { engines, close: closeDuckdb };
  }
  const server = await startChdb(chdb);
  const clickhouse = await createClickhouseWarehouse({ url: server.url });
  const close = async () => {
    await clickhouse.close();
    await server.stop();
    await closeDuckdb();
  };
  return { engines: [...engines, { name: 'clickhouse', every: clickhouseEvery, warehouse: clickhouse }], close };
}
