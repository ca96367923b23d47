import type { Json } from '../kernel/json.ts';
import { rowKey } from '../ports/db/db.ts';
import { contentOf } from './event-content.ts';
import { scopeColumns } from './registry.ts';
import type { Ids } from './seen-ids.ts';
import { failed, seenEvents } from './tables.ts';
import { count, type WorkingSet } from './working-set.ts';

/**
 * Of repeats that say something else than the first: the first holds, and the other is counted and kept among the
 * failed events with its reason, because one of the two was sent by mistake.
 */
export async function noteConflicts(set: WorkingSet, { repeats, inserted }: Pick<Ids, 'repeats' | 'inserted'>): Promise<void> {
  if (repeats.length === 0) return;
  const held = new Map(inserted.map((row) => [row.digest, row.content]));
  const unknown = new Set(repeats.flatMap(({ digest }) => (held.has(digest) ? [] : digest)));
  const older = await set.tx.get(
    seenEvents,
    Array.from(unknown, (digest) => ({ digest })),
  );
  for (const row of older) held.set(row.digest, row.content);
  const conflicts = repeats.flatMap(({ entry, digest }) => {
    const first = held.get(digest);
    // Null was written by a version that kept no content: nothing can be said of it.
    return first === undefined || first === null || first === contentOf(entry) ? [] : entry;
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
  const unique = new Map(rows.map((row) => [rowKey(failed, row), row]));
  if (unique.size > 0) await set.tx.insertNew(failed, [...unique.values()]);
}
