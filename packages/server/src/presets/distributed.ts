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
import { type Close, openInOrder } from './open-in-order.ts';
import type { PresetOptions, StoredPreset } from './preset.ts';
import { refuseWarehouseAhead } from './refuse-warehouse-ahead.ts';
import { systemClock } from './system-clock.ts';
import { chooseWarehouse } from './warehouse.ts';

/**
 * A PostgreSQL of one's own by `DATABASE_URL`; with `NATS_URL` the event log and the signals go over NATS
 * JetStream, otherwise the log is a table there. With `CLICKHOUSE_URL` the warehouse is that ClickHouse, otherwise
 * this node's DuckDB. What was opened is closed again when a later part refuses.
 */
export function createDistributedPreset(options: DistributedOptions): Promise<StoredPreset> {
  return openInOrder(
    (opened) => openAll(options, opened),
    (error) => options.report(error, 'closing'),
  );
}

type DistributedOptions = PresetOptions & { readonly databaseUrl: string };

/** Everything in order; how to close what was opened goes into `opened`. */
async function openAll(options: DistributedOptions, opened: Close[]) {
  const { environment, databaseUrl, report } = options;
  const dataFolder = await prepareDataFolder(options.dataFolder);
  const masterKey = await readMasterKey(dataFolder);
  const pool = createPool(databaseUrl, { max: 16, report: (error) => report(error, 'database') });
  opened.push(() => pool.end());
  await migrate(pool);
  const files = await openFolderFiles(join(dataFolder, 'files'));
  const { log, signal } = await openLog({ ...options, pool, dataFolder }, opened);
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
    ...(environment.NATS_URL ? {} : { threadStore: { databaseUrl } }),
    createScratch: () => createStoreForReplay(databaseUrl, { createPool, migrate, createDb: createPostgresDb }),
  };
}

/** Where the entries go and how their news travel. */
async function openLog(input: PresetOptions & { readonly pool: ReturnType<typeof createPool> }, opened: Close[]) {
  const { environment, pool, dataFolder, report, progress, onLost } = input;
  const failed = (error: unknown) => report(error, 'signal');
  if (!environment.NATS_URL) {
    const signal = createMemorySignal(failed);
    const log = createPostgresEventLog(pool, { clock: systemClock });
    opened.push(
      () => signal.close(),
      () => log.close(),
    );
    return { log, signal };
  }
  const connection = await connectNats({ servers: environment.NATS_URL.split(',') });
  opened.push(() => connection.drain());
  const signal = createNatsSignal({ connection, report: failed });
  opened.push(() => signal.close());
  const log = await openNatsEventLog({
    connection,
    clock: systemClock,
    partitions: 1,
    journal: join(dataFolder, 'journal'),
    report: progress,
    onLost,
  });
  opened.push(() => log.close());
  return { log, signal };
}
