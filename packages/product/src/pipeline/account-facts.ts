import type { LoggedEntry } from '../kernel/entry.ts';
import type { Json } from '../kernel/json.ts';
import { own } from '../kernel/own.ts';
import { foldTraits } from './fold.ts';
import { send } from './react.ts';
import { scopeColumns } from './registry.ts';
import type { PersonDoc } from './subject-doc.ts';
import { memberships } from './tables.ts';
import type { WorkingSet } from './working-set.ts';

/** A trait of an account on its way to the account's people: name, value (null = taken back), since when. */
export type TimedTrait = readonly [name: string, value: Json, time: number];

/**
 * A person's copy of an account's traits: rules of people read this, never the account's own row. The dependency
 * keys of what changed. Times decide, so that copies may arrive in any order.
 */
export function deliverTraits(doc: PersonDoc, account: string, traits: readonly TimedTrait[]): { doc: PersonDoc; changed: string[] } {
  let copy = own(doc.accountTraits ?? {}, account) ?? { traits: {}, traitTimes: {} };
  const changed: string[] = [];
  for (const [name, value, time] of traits) {
    if (own(copy.traitTimes, name) === time && own(copy.traits, name) === value) continue;
    const folded = foldTraits(copy, { [name]: value }, time);
    copy = folded.doc;
    changed.push(...folded.changed.map((key) => `account:${key.slice('trait:'.length)}`));
  }
  if (changed.length === 0) return { doc, changed };
  return { doc: { ...doc, accountTraits: { ...doc.accountTraits, [account]: copy } }, changed };
}

/** Appends what rules of people ask of an account, for its people to take over, a page of them at a time. */
export function tellMembers(
  set: WorkingSet,
  entry: LoggedEntry,
  news: { readonly account: string; readonly traits: readonly TimedTrait[] },
): void {
  if (news.traits.length === 0) return;
  // An entry speaks of one account, so its own id is enough.
  send(set, entry, { id: `account_facts:${entry.id}`, body: { what: 'account_facts', ...news, after: '' } });
}

/** The members after `after`, as many as one entry takes; their rows are loaded. */
export async function loadMembers(
  set: WorkingSet,
  entry: LoggedEntry,
  page: { readonly account: string; readonly after: string; readonly limit: number },
): Promise<string[]> {
  const { account, after, limit } = page;
  const columns = scopeColumns(entry.scope);
  await set.flush();
  const rows = await set.tx.list(memberships, { where: { account, ...columns }, orderBy: ['person'], after, limit });
  const ids = rows.map(({ person }) => person);
  await set.people.load(ids.map((id) => ({ id, ...columns })));
  return ids;
}
