import type { Entry } from '@gangway/product/kernel/entry.ts';
import type { Json } from '@gangway/product/kernel/json.ts';
import { decisionReasons } from '@gangway/product/pipeline/decision-reasons.ts';
import { toOutbox } from '@gangway/product/pipeline/outbox.ts';
import { outbox } from '@gangway/product/pipeline/tables.ts';
import { type Db, rowKey } from '@gangway/product/ports/db/db.ts';
import type { Signal } from '@gangway/product/ports/signal/signal.ts';
import type { DecisionTransition } from '@gangway/product/wire/decision.ts';
import type { NotedDecision } from './decision-recorder.ts';
import { type DecisionRow, decisions } from './tables.ts';

/** Changes that are kept of one person and one content. */
const keptChanges = 20;

/**
 * Writes decisions that differ from what is stored, each with what was before and the conditions that made it so. Who
 * is withheld for the first time is an event of theirs too, in the same transaction, so that reports can compare
 * them with the others.
 */
export async function writeDecisions({ db, signal }: { db: Db; signal: Signal }, noted: readonly NotedDecision[]): Promise<void> {
  const keys = noted.map(keyOf);
  const exposed = await db.transaction({ as: 'system' }, async (tx) => {
    await tx.lock(['decisions']);
    const rows = new Map((await tx.get(decisions, keys)).map((row) => [rowKey(decisions, row), row]));
    const changed = new Map<string, DecisionRow>();
    const events: Entry[] = [];
    for (const [index, one] of noted.entries()) {
      const row = keys[index] as DecisionKey;
      const key = rowKey(decisions, row);
      const before = rows.get(key);
      if (before?.verdict === one.verdict && before.version === one.live.definition.version) continue;
      const next = nextRow(row, before, one);
      if (next.withheldAt !== null && (before?.withheldAt ?? null) === null) events.push(...exposure(one));
      rows.set(key, next);
      changed.set(key, next);
    }
    await tx.put(decisions, [...changed.values()]);
    await tx.insertNew(outbox, toOutbox(events, noted[0]?.at ?? 0));
    return events.length;
  });
  if (exposed > 0) signal.publish('outbox', {});
}

type DecisionKey = Pick<DecisionRow, 'workspace' | 'environment' | 'slice' | 'definition' | 'person'>;

function keyOf({ scope, live, person }: NotedDecision): DecisionKey {
  const { slice, id } = live.definition;
  return { workspace: scope.workspace, environment: scope.environment, slice, definition: id, person: person.id };
}

function nextRow(key: DecisionKey, before: DecisionRow | undefined, { registry, live, person, verdict, at }: NotedDecision): DecisionRow {
  const { version } = live.definition;
  const reasons = decisionReasons(registry, live, { doc: person.doc, verdict, now: at });
  const change: DecisionTransition = { at, version, verdict, reasons };
  const history = [change, ...((before?.history ?? []) as unknown as DecisionTransition[])].slice(0, keptChanges);
  const withheldAt = before?.withheldAt ?? (verdict === 'withheld' ? at : null);
  return { ...key, verdict, version, at, withheldAt, history: history as unknown as Json };
}

const names: Readonly<Record<string, { event: string; property: string }>> = {
  guides: { event: 'Guide Withheld', property: 'guideId' },
  checklists: { event: 'Checklist Withheld', property: 'checklistId' },
};

/** A source entry: that a page asked is known here alone. Nothing for a person whom no event could name. */
function exposure({ scope, person, live, at }: NotedDecision): Entry[] {
  const { slice, id: definition, version } = live.definition;
  const who =
    person.userId !== null ? { userId: person.userId } : person.anonymousId !== null ? { anonymousId: person.anonymousId } : undefined;
  const { event, property } = names[slice] ?? { event: 'Content Withheld', property: 'contentId' };
  if (!who) return [];
  const messageId = `withheld:${slice}:${definition}:${person.id}`;
  const properties = { [property]: definition, version };
  return [
    {
      ...{ id: `event:${messageId}`, scope, origin: 'source', depth: 0 },
      body: { what: 'event', event: { type: 'track', messageId, ...who, event, properties, time: at, receivedAt: at, level: 'server' } },
    },
  ];
}
