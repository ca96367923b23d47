import type { Entry } from '../kernel/entry.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Scope } from '../kernel/scope.ts';
import type { Db } from '../ports/db/db.ts';
import type { AppendedAt, EventLog } from '../ports/event-log/event-log.ts';
import type { Signal } from '../ports/signal/signal.ts';
import { type AcceptContext, acceptBatch, type Verdict } from './accept.ts';
import { keepRefused } from './refused-event.ts';
import { scopeColumns } from './registry.ts';
import { failed } from './tables.ts';

/** What a client is told, and how far the log must be applied for its events to show. */
export interface Offered {
  readonly verdicts: readonly Verdict[];
  readonly appendedAt: AppendedAt;
}

/**
 * Stages 1 and 2: a verdict for every event, the good ones into the log, the bad ones kept with their reason.
 * Resolves when both are on disk: only then may the client be answered. Rejects with nothing acknowledged.
 */
export async function offer(
  deps: { db: Db; log: EventLog; signal: Signal },
  scope: Scope,
  input: { body: JsonObject; context: AcceptContext },
): Promise<Offered> {
  const { events, refused, verdicts } = acceptBatch(input.body, input.context);
  const entries = events.map(
    (event): Entry => ({ id: `event:${event.messageId}`, scope, origin: 'source', depth: 0, body: { what: 'event', event } }),
  );
  if (refused.length > 0) {
    const rows = refused.map(({ id, raw, refusal }) => ({
      ...scopeColumns(scope),
      id,
      stage: 'accept' as const,
      reason: refusal.reason,
      path: refusal.path,
      receivedAt: input.context.receivedAt,
      body: keepRefused(raw, input),
    }));
    await deps.db.transaction({ as: 'request', scope }, (tx) => tx.insertNew(failed, rows));
  }
  const appendedAt = entries.length > 0 ? await deps.log.append(entries) : new Map<number, number>();
  for (const partition of appendedAt.keys()) deps.signal.publish('log', { partition });
  return { verdicts, appendedAt };
}
