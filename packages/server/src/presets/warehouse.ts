import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Warehouse } from '@gangway/product/ports/warehouse/warehouse.ts';
import { createClickhouseWarehouse } from '../adapters/clickhouse/clickhouse-warehouse.ts';
import { createDuckdbWarehouse } from '../adapters/duckdb/duckdb-warehouse.ts';
import type { PresetOptions } from './preset.ts';

/** A ClickHouse by `CLICKHOUSE_URL`; without it, this node's DuckDB in the data folder. */
export async function chooseWarehouse({ environment, dataFolder, progress }: PresetOptions): Promise<Warehouse> {
  const { CLICKHOUSE_URL } = environment;
  if (CLICKHOUSE_URL) return createClickhouseWarehouse({ url: CLICKHOUSE_URL });
  await mkdir(join(dataFolder, 'warehouse'), { recursive: true });
  return createDuckdbWarehouse({ path: join(dataFolder, 'warehouse', 'gangway.duckdb'), log: progress });
}
