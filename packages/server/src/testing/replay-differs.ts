import { migrate } from '../adapters/postgres/migrate.ts';
import { createPool } from '../adapters/postgres/pool.ts';
import { createPostgresDb } from '../adapters/postgres/postgres-db.ts';
import { domains } from '../domains.ts';
import { replay } from '../replay/replay.ts';
import { createStoreForReplay } from '../replay/store-for-replay.ts';
import type { TestServer } from './start-test-server.ts';

/** Derives everything of a test server again from its log, and names the tables that came out different. */
export async function replayDiffers({ database, ports, clock }: Pick<TestServer, 'database' | 'ports' | 'clock'>): Promise<string[]> {
  const scratch = await createStoreForReplay(database.url, { createPool, migrate, createDb: createPostgresDb });
  try {
    const result = await replay({ recorded: database.pool, scratch, log: ports.log, domains, clock });
    return result.different.map(({ table, recorded, replayed }) => `${table}: ${recorded} recorded, ${replayed} replayed`);
  } finally {
    await scratch.drop();
  }
}
