import type { Clock } from '../kernel/clock.ts';
import type { Message } from '../kernel/effect.ts';
import type { Courier } from '../ports/courier/courier.ts';
import type { Db } from '../ports/db/db.ts';
import { type DeliveryRow, deliveries } from './tables.ts';

const maximumAttempts = 8;
const firstRetry = 60_000;

/**
 * Stage 7, messages: hands the due ones to the courier. At least once: a crash after the courier took one and
 * before that is noted sends it again under the same id, so that a receiver can drop it. False when nothing was
 * due.
 */
export async function dispatchNext(deps: { db: Db; courier: Courier; clock: Clock }): Promise<boolean> {
  const now = deps.clock.now();
  const due = await deps.db.transaction({ as: 'system' }, (tx) =>
    tx.list(deliveries, { where: { state: 'queued' }, range: { column: 'due', to: now }, orderBy: ['due', 'key'], limit: 20 }),
  );
  for (const row of due) {
    const delivery = await deps.courier.send(`${row.environment}-${row.key}`, row.message as unknown as Message);
    const next = delivery.outcome === 'accepted' ? { ...row, state: 'accepted' as const, error: null } : afterRefusal(row, delivery, now);
    await deps.db.transaction({ as: 'system' }, (tx) => tx.put(deliveries, [{ ...next, attempts: row.attempts + 1 }]));
  }
  return due.length > 0;
}

/** Once more later, each time twice as long, or never again. */
function afterRefusal(row: DeliveryRow, refusal: { reason: string; retry: boolean }, now: number): DeliveryRow {
  if (!refusal.retry || row.attempts + 1 >= maximumAttempts) return { ...row, state: 'failed', error: refusal.reason };
  return { ...row, due: now + firstRetry * 2 ** row.attempts, error: refusal.reason };
}
