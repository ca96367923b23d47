import type { Entry } from '../kernel/entry.ts';
import type { Json } from '../kernel/json.ts';
import type { Db } from '../ports/db/db.ts';
import type { EventLog } from '../ports/event-log/event-log.ts';
import type { Signal } from '../ports/signal/signal.ts';
import { scopeColumns } from './registry.ts';
import { type OutboxRow, outbox } from './tables.ts';

/**
 * Entries as rows of the outbox, in their order. What changes rows and has a meaning for subjects writes both in
 * one transaction; the relay appends afterwards. This holds for every log adapter, also one that is no database.
 *
 * @param at epoch milliseconds; orders what was written at different times
 */
export function toOutbox(entries: readonly Entry[], at: number): OutboxRow[] {
  return entries.map((entry, index) => ({
    id: entry.id,
    order: at * 1000 + Math.min(index, 999),
    entry: entry as unknown as Json,
    ...scopeColumns(entry.scope),
  }));
}

/**
 * Moves the oldest outbox rows into the log. A crash between the append and the removal appends twice; the entry
 * id makes the second copy a duplicate. False when there was nothing to do.
 */
export async function relayNext(deps: { db: Db; log: EventLog; signal: Signal }): Promise<boolean> {
  const rows = await deps.db.transaction({ as: 'system' }, (tx) => tx.list(outbox, { orderBy: ['order', 'id'], limit: 500 }));
  if (rows.length === 0) return false;
  const positions = await deps.log.append(rows.map((row) => row.entry as unknown as Entry));
  // Told at once: the removal need not be waited for.
  for (const partition of positions.keys()) deps.signal.publish('log', { partition });
  await deps.db.transaction({ as: 'system' }, (tx) => tx.remove(outbox, rows));
  return true;
}
