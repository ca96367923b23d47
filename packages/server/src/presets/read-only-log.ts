import type { EventLog } from '@gangway/product/ports/event-log/event-log.ts';
import { createPool } from '../adapters/postgres/pool.ts';
import { createPostgresEventLog } from '../adapters/postgres/postgres-event-log.ts';
import { systemClock } from './system-clock.ts';

/** How another thread of this process opens the event log to read it. */
export interface ReadOnlyLogSettings {
  readonly databaseUrl: string;
}

/** The log on a connection of its own. */
export function openReadOnlyLog({ databaseUrl }: ReadOnlyLogSettings): {
  log: Pick<EventLog, 'partitions' | 'read' | 'end'>;
  close(): Promise<void>;
} {
  const pool = createPool(databaseUrl, { max: 2 });
  return { log: createPostgresEventLog(pool, { clock: systemClock }), close: () => pool.end() };
}
