import type { Entry } from '@gangway/product/kernel/entry.ts';
import type { Json } from '@gangway/product/kernel/json.ts';
import { toOutbox } from '@gangway/product/pipeline/outbox.ts';
import { scopeColumns } from '@gangway/product/pipeline/registry.ts';
import { outbox } from '@gangway/product/pipeline/tables.ts';
import { type Db, rowKey } from '@gangway/product/ports/db/db.ts';
import type { Signal } from '@gangway/product/ports/signal/signal.ts';
import type { DecisionTransition } from '@gangway/product/wire/decision.ts';
import type { NotedDecision } from './decision-recorder.ts';
import { type DecisionRow, decisions } from './tables.ts';

/** Changes that are kept of one person and one content. */
const keptChanges = 20;

/**
 * Writes decisions that differ from what is stored, each with what was before. Who is withheld for the first time
 * is an event of theirs too, in the same transaction, so that reports can compare them with the others.
 */
export async function writeDecisions({ db, signal }: { db: Db; signal: Signal }, noted: readonly NotedDecision[]): Promise<void> {
  const keyOf = (one: NotedDecision) => ({
    ...scopeColumns(one.scope),
    slice: one.slice,
    definition: one.definition,
    person: one.person.id,
  });
  const exposed = await db.transaction({ as: 'system' }, async (tx) => {
    await tx.lock(['decisions']);
    const found = await tx.get(decisions, noted.map(keyOf));
    const rows = new Map(found.map((row) => [rowKey(decisions, row), row]));
    const changed = new Map<string, DecisionRow>();
    const events: Entry[] = [];
    for (const one of noted) {
      const key = rowKey(decisions, keyOf(one));
      const before = rows.get(key);
      if (before?.verdict === one.verdict && before.version === one.version) continue;
      const first = one.verdict === 'withheld' && (before?.withheldAt ?? null) === null;
      if (first) events.push(...exposure(one));
      const row = nextRow({ ...keyOf(one) }, before, one);
      rows.set(key, row);
      changed.set(key, row);
    }
    await tx.put(decisions, [...changed.values()]);
    await tx.insertNew(outbox, toOutbox(events, noted[0]?.at ?? 0));
    return events.length;
  });
  if (exposed > 0) signal.publish('outbox', {});
}

function nextRow(
  key: Pick<DecisionRow, 'workspace' | 'environment' | 'slice' | 'definition' | 'person'>,
  before: DecisionRow | undefined,
  { verdict, version, at, reasons }: NotedDecision,
): DecisionRow {
  const change: DecisionTransition = { at, version, verdict, reasons: [...reasons] };
  const history = [change, ...((before?.history ?? []) as unknown as DecisionTransition[])].slice(0, keptChanges);
  const withheldAt = before?.withheldAt ?? (verdict === 'withheld' ? at : null);
  return { ...key, verdict, version, at, withheldAt, history: history as unknown as Json };
}

const names: Readonly<Record<string, { event: string; property: string }>> = {
  guides: { event: 'Guide Withheld', property: 'guideId' },
  checklists: { event: 'Checklist Withheld', property: 'checklistId' },
};

/** A source entry: that a page asked is known here alone. Nothing for a person whom no event could name. */
function exposure({ scope, person, slice, definition, version, at }: NotedDecision): Entry[] {
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
