import type { LoggedEntry } from '../kernel/entry.ts';
import { fnv1a } from '../kernel/hash.ts';
import type { Json } from '../kernel/json.ts';
import { scopeColumns } from './registry.ts';
import { failed, type SeenRow, seen } from './tables.ts';
import { count, type WorkingSet } from './working-set.ts';

/**
 * What an event says, as a number: who, what and with which values. Without its times and its context, because a
 * repeat of the same event by the same client may differ in both. 0 for entries of other kinds.
 */
export function contentOf({ body }: LoggedEntry): number {
  if (body.what === 'erased') return body.content ?? 0;
  if (body.what !== 'event') return 0;
  const { type, userId, anonymousId, groupId, previousId, event, traits, properties } = body.event;
  return fnv1a(JSON.stringify([type, userId, anonymousId, groupId, previousId, event, traits, properties]));
}

/**
 * Of repeats that say something else than the first: the first holds, and the other is counted and kept among the
 * failed events with its reason, because one of the two was sent by mistake.
 */
export async function noteConflicts(set: WorkingSet, repeats: readonly LoggedEntry[], inserted: readonly SeenRow[]): Promise<void> {
  if (repeats.length === 0) return;
  const name = (row: Pick<SeenRow, 'workspace' | 'environment' | 'id'>) => JSON.stringify([row.workspace, row.environment, row.id]);
  const keyOf = (entry: LoggedEntry) => ({ id: entry.id, ...scopeColumns(entry.scope) });
  const held = new Map(inserted.map((row) => [name(row), row.content]));
  const unknown = new Map(repeats.map((entry) => [name(keyOf(entry)), keyOf(entry)]));
  const older = await set.tx.get(
    seen,
    [...unknown].filter(([key]) => !held.has(key)).map(([, key]) => key),
  );
  for (const row of older) held.set(name(row), row.content);
  const conflicts = repeats.filter((entry) => {
    const first = held.get(name(keyOf(entry)));
    // Null was written by a version that kept no content: nothing can be said of it.
    return first !== undefined && first !== null && first !== contentOf(entry);
  });
  for (const entry of conflicts) count(set, entry.scope, 'conflicts');
  const rows = conflicts.map((entry) => ({
    id: `conflict-${contentOf(entry)}-${entry.id}`,
    stage: 'apply' as const,
    reason: 'conflicting_duplicate',
    path: 'messageId',
    receivedAt: entry.at,
    body: entry.body as unknown as Json,
    ...scopeColumns(entry.scope),
  }));
  const unique = new Map(rows.map((row) => [name(row), row]));
  if (unique.size > 0) await set.tx.insertNew(failed, [...unique.values()]);
}
