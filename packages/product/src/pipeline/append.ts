import type { Doors } from '../kernel/door.ts';
import type { Entry } from '../kernel/entry.ts';
import type { Json, JsonObject } from '../kernel/json.ts';
import type { Scope } from '../kernel/scope.ts';
import type { Db } from '../ports/db/db.ts';
import type { AppendedAt, EventLog } from '../ports/event-log/event-log.ts';
import type { Signal } from '../ports/signal/signal.ts';
import { type Acceptance, type AcceptContext, acceptBatch, type Refusal, type RefusedEvent, type Verdict } from './accept.ts';
import type { PeopleGate } from './people-gate.ts';
import { keepRefused } from './refused-event.ts';
import { scopeColumns } from './registry.ts';
import { failed } from './tables.ts';
import type { VarietyGate } from './variety-gate.ts';

/** What a client is told, and how far the log must be applied for its events to show. */
export interface Offered {
  readonly verdicts: readonly Verdict[];
  readonly appendedAt: AppendedAt;
}

interface OfferDeps {
  readonly db: Db;
  readonly log: EventLog;
  readonly signal: Signal;
  readonly variety: VarietyGate;
  readonly people: PeopleGate;
  readonly doors: Doors;
}

/**
 * Stages 1 and 2: a verdict for every event, the good ones into the log, the bad ones kept with their reason.
 * Resolves when both are on disk: only then may the client be answered. Rejects with nothing acknowledged.
 */
export async function offer(
  deps: OfferDeps,
  scope: Scope,
  { body, context: said }: { readonly body: JsonObject; readonly context: AcceptContext },
): Promise<Offered> {
  const context = { ...said, door: said.door ?? (await deps.doors(scope)) };
  const accepted = acceptBatch(body, context);
  const { events, refused, verdicts } = await refuseStrangers(deps, scope, { body, context, accepted });
  const bounded = await deps.variety(scope, events, context.receivedAt);
  const entries = bounded.map(
    (event): Entry => ({ id: `event:${event.messageId}`, scope, origin: 'source', depth: 0, body: { what: 'event', event } }),
  );
  if (refused.length > 0) await keep(deps.db, scope, { refused, body, context });
  const appendedAt = entries.length > 0 ? await deps.log.append(entries) : new Map<number, number>();
  for (const partition of appendedAt.keys()) deps.signal.publish('log', { partition });
  return { verdicts, appendedAt };
}

/** What was refused, with its reason; of a person who was deleted only the number. */
async function keep(
  db: Db,
  scope: Scope,
  { refused, ...input }: { refused: readonly RefusedEvent[]; body: JsonObject; context: AcceptContext },
): Promise<void> {
  const rows = refused
    .filter(({ erased }) => erased === undefined)
    .map(({ id, raw, refusal }) => ({
      id,
      stage: 'accept' as const,
      reason: refusal.reason,
      path: refusal.path,
      receivedAt: input.context.receivedAt,
      body: keepRefused(raw, input),
      ...scopeColumns(scope),
    }));
  const late = refused.flatMap(({ erased }) => erased ?? []);
  if (late.length > 0) await input.context.door?.noteLate(late);
  if (rows.length > 0) await db.transaction({ as: 'request', scope }, (tx) => tx.insertNew(failed, rows));
}

const tooManyPeople: Refusal = {
  reason: 'too_many_people',
  path: '',
  message: 'The environment has as many people as it may. Raise the cap under Live → Health, or find out who sends new ids.',
};

/** Events that would make a person above the cap are refused like any other: kept, and sent again when there is room. */
async function refuseStrangers(
  { people }: OfferDeps,
  scope: Scope,
  { body, context, accepted }: { body: JsonObject; context: AcceptContext; accepted: Acceptance },
): Promise<Acceptance> {
  const over = await people(scope, accepted.events, context.receivedAt);
  if (over.size === 0) return accepted;
  const good = accepted.verdicts.filter(({ refusal }) => !refusal);
  const refusedAt = new Set([...over].flatMap((index) => good[index]?.index ?? []));
  const batch = Array.isArray(body.batch) ? (body.batch as readonly Json[]) : [body];
  return {
    events: accepted.events.filter((_, index) => !over.has(index)),
    refused: [
      ...accepted.refused,
      ...[...refusedAt].map((index) => ({ id: `${context.requestId}-${index}`, raw: batch[index] ?? null, refusal: tooManyPeople })),
    ],
    verdicts: accepted.verdicts.map((verdict) => (refusedAt.has(verdict.index) ? { ...verdict, refusal: tooManyPeople } : verdict)),
  };
}
