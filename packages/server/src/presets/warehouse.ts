import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '@gangway/product/kernel/problem.ts';
import type { Warehouse } from '@gangway/product/ports/warehouse/warehouse.ts';
import { createClickhouseWarehouse } from '../adapters/clickhouse/clickhouse-warehouse.ts';
import { createDuckdbWarehouse } from '../adapters/duckdb/duckdb-warehouse.ts';
import type { PresetOptions } from './preset.ts';

/** A ClickHouse by `CLICKHOUSE_URL`; without it, this node's DuckDB in the data folder. */
export async function chooseWarehouse({ environment, dataFolder, progress }: PresetOptions): Promise<Warehouse> {
  const { CLICKHOUSE_URL } = environment;
  if (CLICKHOUSE_URL) return createClickhouseWarehouse({ url: CLICKHOUSE_URL });
  return openOwnWarehouse({ environment, dataFolder, progress });
}

/** This node's DuckDB, in the data folder. */
export async function openOwnWarehouse({
  environment,
  dataFolder,
  progress,
}: Pick<PresetOptions, 'environment' | 'dataFolder' | 'progress'>): Promise<Warehouse> {
  const memoryLimit = analyticsMemory(environment.GANGWAY_ANALYTICS_MEMORY);
  await mkdir(join(dataFolder, 'warehouse'), { recursive: true });
  return createDuckdbWarehouse({ path: join(dataFolder, 'warehouse', 'gangway.duckdb'), memoryLimit, log: progress });
}

/** What analytics may hold in memory; beyond it they use the disk. Looked at here, for the engine would take the file for broken. */
function analyticsMemory(text = '512MB'): string {
  if (/^[1-9]\d*(MB|GB)$/.test(text)) return text;
  throw new Problem('bad_analytics_memory', 500, 'GANGWAY_ANALYTICS_MEMORY is not a size such as 512MB or 2GB. Nothing was started.');
}
