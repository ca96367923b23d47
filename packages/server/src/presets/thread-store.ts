import type { Db } from '@gangway/product/ports/db/db.ts';
import type { EventLog } from '@gangway/product/ports/event-log/event-log.ts';
import { createPool } from '../adapters/postgres/pool.ts';
import { createPostgresDb } from '../adapters/postgres/postgres-db.ts';
import { createPostgresEventLog } from '../adapters/postgres/postgres-event-log.ts';
import { systemClock } from './system-clock.ts';

/** How another thread of this process opens the database and the event log, where both are one PostgreSQL. */
export interface ThreadStoreSettings {
  readonly databaseUrl: string;
}

/** The log to be read, never written: who writes it keeps what is newest at hand and would not notice. */
export interface ThreadStore {
  readonly log: Pick<EventLog, 'partitions' | 'read' | 'end'>;
  readonly db: Db;
  close(): Promise<void>;
}

/** Both on connections of their own. */
export function openThreadStore({ databaseUrl }: ThreadStoreSettings, report: (error: unknown) => void = () => undefined): ThreadStore {
  const pool = createPool(databaseUrl, { max: 2, report });
  return { log: createPostgresEventLog(pool, { clock: systemClock }), db: createPostgresDb(pool), close: () => pool.end() };
}
