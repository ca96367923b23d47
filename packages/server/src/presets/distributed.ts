import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createMemorySignal } from '@gangway/product/ports/signal/memory-signal.ts';
import { createDuckdbWarehouse } from '../adapters/duckdb/duckdb-warehouse.ts';
import { openFolderFiles } from '../adapters/files/folder-files.ts';
import { connectNats } from '../adapters/nats/connect-nats.ts';
import { openNatsEventLog } from '../adapters/nats/nats-event-log.ts';
import { createNatsSignal } from '../adapters/nats/nats-signal.ts';
import { migrate } from '../adapters/postgres/migrate.ts';
import { createPool } from '../adapters/postgres/pool.ts';
import { createPostgresDb } from '../adapters/postgres/postgres-db.ts';
import { createPostgresEventLog } from '../adapters/postgres/postgres-event-log.ts';
import { createStoreForReplay } from '../replay/store-for-replay.ts';
import { chooseCourier } from './courier.ts';
import { prepareDataFolder, readMasterKey } from './data-folder.ts';
import type { PresetOptions, StoredPreset } from './preset.ts';
import { systemClock } from './system-clock.ts';

/**
 * A PostgreSQL of one's own by `DATABASE_URL`; with `NATS_URL` the event log and the signals go over NATS
 * JetStream, otherwise the log is a table there. The warehouse is this node's DuckDB.
 */
export async function createDistributedPreset(options: PresetOptions & { readonly databaseUrl: string }): Promise<StoredPreset> {
  const { report, progress, environment, databaseUrl } = options;
  const dataFolder = await prepareDataFolder(options.dataFolder);
  const masterKey = await readMasterKey(dataFolder);
  const pool = createPool(databaseUrl, { max: 16, report: (error) => report(error, 'database') });
  await migrate(pool);
  const files = await openFolderFiles(join(dataFolder, 'files'));
  await mkdir(join(dataFolder, 'warehouse'), { recursive: true });
  const warehouse = await createDuckdbWarehouse({ path: join(dataFolder, 'warehouse', 'gangway.duckdb'), log: progress });
  const { log, signal, disconnect } = await openLog({ natsUrl: environment.NATS_URL, pool, dataFolder, report });
  const db = createPostgresDb(pool);
  const { courier, mailbox } = chooseCourier({ environment, files, clock: systemClock });
  return {
    ports: { db, log, warehouse, courier, files, signal },
    sql: db,
    masterKey,
    mailbox,
    recorded: pool,
    createScratch: () => createStoreForReplay(databaseUrl, { createPool, migrate, createDb: createPostgresDb }),
    close: async () => {
      await log.close();
      await warehouse.close();
      await courier.close();
      await signal.close();
      await disconnect();
      await pool.end();
    },
  };
}

async function openLog(input: {
  natsUrl: string | undefined;
  pool: ReturnType<typeof createPool>;
  dataFolder: string;
  report: (error: unknown, what: string) => void;
}) {
  const { natsUrl, pool, dataFolder, report } = input;
  const disconnected = async () => undefined;
  if (!natsUrl)
    return {
      log: createPostgresEventLog(pool, { clock: systemClock }),
      signal: createMemorySignal((error) => report(error, 'signal')),
      disconnect: disconnected,
    };
  const connection = await connectNats({ servers: natsUrl.split(',') });
  const log = await openNatsEventLog({ connection, clock: systemClock, partitions: 1, journal: join(dataFolder, 'journal') });
  return {
    log,
    signal: createNatsSignal({ connection, report: (error) => report(error, 'signal') }),
    disconnect: () => connection.drain(),
  };
}
