import { join } from 'node:path';
import { createMemorySignal } from '@gangway/product/ports/signal/memory-signal.ts';
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
import { refuseWarehouseAhead } from './refuse-warehouse-ahead.ts';
import { systemClock } from './system-clock.ts';
import { chooseWarehouse } from './warehouse.ts';

/**
 * A PostgreSQL of one's own by `DATABASE_URL`; with `NATS_URL` the event log and the signals go over NATS
 * JetStream, otherwise the log is a table there. With `CLICKHOUSE_URL` the warehouse is that ClickHouse, otherwise
 * this node's DuckDB. What was opened is closed again when a later part refuses.
 */
export async function createDistributedPreset(options: PresetOptions & { readonly databaseUrl: string }): Promise<StoredPreset> {
  const opened: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of opened.splice(0).reverse()) await step();
  };
  try {
    return { ...(await openAll(options, opened)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Everything in order; how to close what was opened goes into `opened`. */
async function openAll(options: PresetOptions & { readonly databaseUrl: string }, opened: (() => Promise<unknown>)[]) {
  const { environment, databaseUrl, report } = options;
  const dataFolder = await prepareDataFolder(options.dataFolder);
  const masterKey = await readMasterKey(dataFolder);
  const pool = createPool(databaseUrl, { max: 16, report: (error) => report(error, 'database') });
  opened.push(() => pool.end());
  await migrate(pool);
  const files = await openFolderFiles(join(dataFolder, 'files'));
  const { log, signal, disconnect } = await openLog({ ...options, natsUrl: environment.NATS_URL, pool, dataFolder });
  opened.push(
    disconnect,
    () => signal.close(),
    () => log.close(),
  );
  const warehouse = await chooseWarehouse({ ...options, dataFolder });
  opened.push(() => warehouse.close());
  const db = createPostgresDb(pool);
  await refuseWarehouseAhead({ db, warehouse }, log.partitions);
  const { courier, mailbox } = chooseCourier({ environment, files, clock: systemClock });
  opened.push(() => courier.close());
  return {
    ports: { db, log, warehouse, courier, files, signal },
    sql: db,
    masterKey,
    mailbox,
    recorded: pool,
    ...(environment.NATS_URL ? {} : { readOnlyLog: { databaseUrl } }),
    createScratch: () => createStoreForReplay(databaseUrl, { createPool, migrate, createDb: createPostgresDb }),
  };
}

async function openLog(input: {
  natsUrl: string | undefined;
  pool: ReturnType<typeof createPool>;
  dataFolder: string;
  report: (error: unknown, what: string) => void;
  progress: (sentence: string) => void;
  onLost: (reason: string) => void;
}) {
  const { natsUrl, pool, dataFolder, report, progress, onLost } = input;
  const disconnected = async () => undefined;
  if (!natsUrl)
    return {
      log: createPostgresEventLog(pool, { clock: systemClock }),
      signal: createMemorySignal((error) => report(error, 'signal')),
      disconnect: disconnected,
    };
  const connection = await connectNats({ servers: natsUrl.split(',') });
  const log = await openNatsEventLog({
    connection,
    clock: systemClock,
    partitions: 1,
    journal: join(dataFolder, 'journal'),
    report: progress,
    onLost,
  });
  return {
    log,
    signal: createNatsSignal({ connection, report: (error) => report(error, 'signal') }),
    disconnect: () => connection.drain(),
  };
}
