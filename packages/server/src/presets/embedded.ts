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
import { refuseReplayWithoutRoom } from './disk-watch.ts';
import { type Close, openInOrder } from './open-in-order.ts';
import type { PresetOptions, StoredPreset } from './preset.ts';
import { refuseWarehouseAhead } from './refuse-warehouse-ahead.ts';
import { systemClock } from './system-clock.ts';
import { openOwnWarehouse } from './warehouse.ts';

/** One machine, one folder, nothing to configure: a private PostgreSQL, DuckDB beside it, signals in the process. */
export function createEmbeddedPreset(options: PresetOptions): Promise<StoredPreset> {
  return openInOrder(
    (opened) => openAll(options, opened),
    (error) => options.report(error, 'closing'),
  );
}

/** Characters of the newest events that are kept at hand for who projects them: about 50,000 events, 30 MB of objects. */
const keptOfTheLog = 24_000_000;

/** Everything in order; how to close what was opened goes into `opened`. */
async function openAll({ progress, report, onLost, environment, ...options }: PresetOptions, opened: Close[]) {
  const dataFolder = await prepareDataFolder(options.dataFolder);
  const masterKey = await readMasterKey(dataFolder);
  const postgres = await startEmbeddedPostgres({ dataFolder, progress, onLost });
  opened.push(() => postgres.stop());
  const pool = createPool(postgres.url, { max: 16, report: (error) => report(error, 'database') });
  opened.push(() => pool.end());
  await migrate(pool);
  const files = await openFolderFiles(join(dataFolder, 'files'));
  const signal = createMemorySignal((error) => report(error, 'signal'));
  opened.push(() => signal.close());
  const { courier, mailbox } = chooseCourier({ environment, files, clock: systemClock });
  opened.push(() => courier.close());
  const warehouse = await openOwnWarehouse({ environment, dataFolder, progress });
  opened.push(() => warehouse.close());
  const log = createPostgresEventLog(pool, { clock: systemClock, kept: keptOfTheLog });
  opened.push(() => log.close());
  const db = createPostgresDb(pool);
  await refuseWarehouseAhead({ db, warehouse }, log.partitions);
  return {
    ports: { db, log, warehouse, courier, files, signal },
    sql: db,
    masterKey,
    mailbox,
    recorded: pool,
    threadStore: { databaseUrl: postgres.url },
    createScratch: async () => {
      await refuseReplayWithoutRoom(dataFolder);
      return createStoreForReplay(postgres.url, { createPool, migrate, createDb: createPostgresDb });
    },
  };
}
