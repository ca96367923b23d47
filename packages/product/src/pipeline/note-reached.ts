import type { LoggedEntry } from '../kernel/entry.ts';
import { nextKeys } from './order-keys.ts';
import type { Registry } from './registry.ts';
import { type Handle, rowIn } from './row-cache.ts';
import type { PersonRow } from './tables.ts';
import { tellAccount } from './tell.ts';
import type { WorkingSet } from './working-set.ts';

interface Reaching {
  readonly set: WorkingSet;
  readonly registry: Registry;
  readonly entry: LoggedEntry;
  readonly person: Handle<PersonRow>;
}

/** Gives the milestones that a person reached their order keys, for the projector, and tells the person's accounts of them. */
export function noteReached({ set, registry, entry, person }: Reaching, milestones: readonly string[], at: number): [string, number][] {
  const row = rowIn(person);
  const { keys, ties } = nextKeys(row.doc, { time: at, count: milestones.length });
  person.put({ ...row, doc: { ...row.doc, ties } });
  for (const account of row.doc.accounts)
    for (const milestone of milestones) tellAccount(set, registry, entry, { account, person: row.id, milestone, at });
  return milestones.map((milestone, order) => [milestone, keys[order] ?? 0]);
}
