import type { LoggedEntry } from '../kernel/entry.ts';
import type { Happening } from '../kernel/slice.ts';
import type { Subject } from '../kernel/subject.ts';
import { accountCell, type Cell, personCell } from './cell.ts';
import { appliedOf, noteManifest } from './note-live.ts';
import { noteReached } from './note-reached.ts';
import { type Turn, take } from './react.ts';
import { type LiveMatcher, type Registry, scopeColumns } from './registry.ts';
import type { ResolvedEntry, WorkingSet } from './working-set.ts';

/** The dependency keys of milestones that were just reached. */
export function milestoneKeys(entered: readonly LiveMatcher[]): string[] {
  return entered.map(({ definition }) => `milestone:${definition.id}`);
}

/** A subject that was merged away or never came is left alone. */
export function exists(set: WorkingSet, entry: LoggedEntry, subject: Subject): boolean {
  const key = { id: subject.id, ...scopeColumns(entry.scope) };
  if (subject.kind === 'account') return set.accounts.get(key) !== undefined;
  const row = set.people.get(key);
  return row !== undefined && row.mergedInto === null;
}

/** What stages 5 and 6 need for one subject, and what they came to for the projector. */
export function turnFor(
  set: WorkingSet,
  registry: Registry,
  entry: LoggedEntry,
  who: { index: number; subject: Subject },
): { turn: Turn; resolved: () => ResolvedEntry | undefined } {
  const { subject, index } = who;
  const milestones: [string, number][] = [];
  const person = subject.kind === 'person' ? set.people.handle({ id: subject.id, ...scopeColumns(entry.scope) }) : undefined;
  const cell: Cell = person ? personCell(entry.scope, subject.id, person) : accountCell(set, entry.scope, subject.id);
  const reached = (ids: readonly string[]) => {
    if (person) milestones.push(...noteReached({ set, registry, entry, person }, ids, entry.at));
  };
  const number = person?.get()?.number;
  return {
    turn: { set, registry, entry, cell, time: entry.at, reached },
    resolved: () => (milestones.length === 0 || number === undefined ? undefined : { i: index, p: number, a: null, m: milestones }),
  };
}

/** What an entry that moved several subjects came to. */
export function together(index: number, each: ResolvedEntry[]): ResolvedEntry | undefined {
  return each.length === 0 ? undefined : { i: index, each };
}

/** Live screens and the person's pages are told. */
export function noteTouched({ set, entry, cell: { scope, subject } }: Turn): void {
  const { people, accounts } = appliedOf(set, entry);
  (subject.kind === 'person' ? people : accounts).add(subject.id);
  if (subject.kind === 'person') noteManifest(set, scope, subject.id);
}

interface Move {
  readonly subject: Subject;
  readonly happening: Happening;
  readonly keys: readonly string[];
}

/** Moves one subject on for an entry that is about it; undefined when it is not there. */
export function move(set: WorkingSet, registry: Registry, entry: LoggedEntry, index: number, what: Move): ResolvedEntry | undefined {
  if (!exists(set, entry, what.subject)) return undefined;
  const { turn, resolved } = turnFor(set, registry, entry, { index, subject: what.subject });
  noteTouched(turn);
  take(turn, what.happening, what.keys);
  return resolved();
}
