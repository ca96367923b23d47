import { join } from 'node:path';
import { createMemorySignal } from '@gangway/product/ports/signal/memory-signal.ts';
import { openFolderFiles } from '../adapters/files/folder-files.ts';
import { startEmbeddedPostgres } from '../adapters/postgres/embedded/embedded-postgres.ts';
import { migrate } from '../adapters/postgres/migrate.ts';
import { createPool } from '../adapters/postgres/pool.ts';
import { createPostgresDb } from '../adapters/postgres/postgres-db.ts';
import { createPostgresEventLog } from '../adapters/postgres/postgres-event-log.ts';
import { createStoreForReplay } from '../replay/store-for-replay.ts';
import { chooseCourier } from './courier.ts';
import { prepareDataFolder, readMasterKey } from './data-folder.ts';
import type { PresetOptions, StoredPreset } from './preset.ts';
import { systemClock } from './system-clock.ts';
import { openOwnWarehouse } from './warehouse.ts';

/** One machine, one folder, nothing to configure: a private PostgreSQL, DuckDB beside it, signals in the process. */
export async function createEmbeddedPreset(options: PresetOptions): Promise<StoredPreset> {
  const { progress, report, onLost, environment } = options;
  const dataFolder = await prepareDataFolder(options.dataFolder);
  const masterKey = await readMasterKey(dataFolder);
  const postgres = await startEmbeddedPostgres({ dataFolder, progress, onLost });
  const pool = createPool(postgres.url, { max: 16, report: (error) => report(error, 'database') });
  try {
    await migrate(pool);
    const files = await openFolderFiles(join(dataFolder, 'files'));
    const warehouse = await openOwnWarehouse({ environment, dataFolder, progress });
    const log = createPostgresEventLog(pool, { clock: systemClock });
    const signal = createMemorySignal((error) => report(error, 'signal'));
    const db = createPostgresDb(pool);
    const { courier, mailbox } = chooseCourier({ environment, files, clock: systemClock });
    return {
      ports: { db, log, warehouse, courier, files, signal },
      sql: db,
      masterKey,
      mailbox,
      recorded: pool,
      readOnlyLog: { databaseUrl: postgres.url },
      createScratch: () => createStoreForReplay(postgres.url, { createPool, migrate, createDb: createPostgresDb }),
      close: async () => {
        await log.close();
        await warehouse.close();
        await courier.close();
        await signal.close();
        await pool.end();
        await postgres.stop();
      },
    };
  } catch (error) {
    await pool.end();
    await postgres.stop();
    throw error;
  }
}
