import { Problem } from '@gangway/product/kernel/problem.ts';
import { createDistributedPreset } from './distributed.ts';
import { createEmbeddedPreset } from './embedded.ts';
import type { PresetOptions, StoredPreset } from './preset.ts';

/**
 * A PostgreSQL by `DATABASE_URL` makes the distributed preset; nothing makes the embedded one. Asked once, at start.
 * Refuses settings that would have no effect: whoever sets them believes that their servers are used.
 */
export async function choosePreset(options: PresetOptions): Promise<StoredPreset> {
  const { DATABASE_URL } = options.environment;
  if (DATABASE_URL) return createDistributedPreset({ ...options, databaseUrl: DATABASE_URL });
  const useless = ['CLICKHOUSE_URL', 'NATS_URL'].find((name) => options.environment[name]);
  if (useless === undefined) return createEmbeddedPreset(options);
  throw new Problem(
    'no_database_url',
    500,
    `${useless} is set but DATABASE_URL is not. Set DATABASE_URL to your PostgreSQL, or unset ${useless}. Nothing was started.`,
  );
}
