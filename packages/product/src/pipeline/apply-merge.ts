import type { LoggedEntry } from '../kernel/entry.ts';
import type { Body } from './entry-body.ts';
import { mergePeople } from './merge.ts';
import { take } from './react.ts';
import { type Registry, scopeColumns } from './registry.ts';
import { isShadow } from './shadow.ts';
import { noteTouched, turnFor } from './subject-turn.ts';
import type { ResolvedEntry, WorkingSet } from './working-set.ts';

/** Joins two persons because somebody in charge says so. A shadow is joined with nobody: its claims were never proved. */
export async function applyMerge(
  set: WorkingSet,
  registry: Registry,
  entry: LoggedEntry,
  index: number,
  { from, into, actor }: Body<'merge'>,
): Promise<ResolvedEntry | undefined> {
  const people = [from, into].map((id) => set.people.get({ id, ...scopeColumns(entry.scope) }));
  const able = people.every((row) => row && row.mergedInto === null && !isShadow(row));
  if (from === into || !able) return undefined;
  const merge = await mergePeople(set, registry, entry, { from, to: into, call: 'merge', actor });
  const { turn, resolved } = turnFor(set, registry, entry, { index, subject: { kind: 'person', id: into } });
  noteTouched(turn);
  // What both did together may be enough for what neither had reached.
  take(turn, { kind: 'reconsidered' }, registry.keys);
  return { ...(resolved() ?? { i: index, p: merge.to, a: null }), merges: [merge] };
}
