import type { AcceptedEvent } from '../kernel/event.ts';
import { isObject } from '../kernel/json.ts';
import { own } from '../kernel/own.ts';
import { deliverTraits } from './account-facts.ts';
import { describeAccount, pickTraits } from './describe-account.ts';
import type { EventEntry } from './entry-body.ts';
import { foldTraits } from './fold.ts';
import { type Registry, scopeColumns } from './registry.ts';
import { type Handle, rowIn } from './row-cache.ts';
import type { PersonDoc } from './subject-doc.ts';
import type { PersonRow } from './tables.ts';
import { tellAccount } from './tell.ts';
import type { WorkingSet } from './working-set.ts';

interface Joining {
  readonly set: WorkingSet;
  readonly registry: Registry;
  readonly entry: EventEntry;
  readonly person: Handle<PersonRow>;
}

/**
 * A group call, or an event that names its account: the account exists, the person belongs to it and has the role
 * that `context.membership` tells. The dependency keys of what this changed for the person.
 */
export function joinAccount(joining: Joining, account: string): readonly string[] {
  const doc = describeAccount(joining, account);
  const { set, entry, person, registry } = joining;
  const row = rowIn(person);
  const role = foldMembership(row.doc, account, entry.body.event);
  const delivered = deliverTraits(role.doc, account, pickTraits(doc, registry.accountTraits));
  const changed = [...role.changed, ...delivered.changed];
  const member = row.doc.accounts.includes(account);
  const joined = member ? delivered.doc : { ...delivered.doc, accounts: [...row.doc.accounts, account] };
  if (member && changed.length === 0) return [];
  person.put({ ...row, doc: joined });
  if (member) return changed;
  set.memberships.put({ account, person: row.id, since: entry.body.event.time, ...scopeColumns(entry.scope) });
  // What the person had reached before joining counts for the account from now on.
  for (const [milestone, at] of row.doc.milestones.entries()) tellAccount(set, registry, entry, { account, person: row.id, milestone, at });
  // Being in an account at all changes what rules on accounts find, whatever its traits are.
  return registry.accountKeys;
}

function foldMembership(doc: PersonDoc, account: string, event: AcceptedEvent): { doc: PersonDoc; changed: string[] } {
  const told = event.context?.membership;
  if (!isObject(told)) return { doc, changed: [] };
  const before = own(doc.memberships ?? {}, account) ?? { traits: {}, traitTimes: {} };
  const { doc: after, changed } = foldTraits(before, told, event.time);
  if (changed.length === 0) return { doc, changed: [] };
  return {
    doc: { ...doc, memberships: { ...doc.memberships, [account]: after } },
    changed: changed.map((key) => `membership:${key.slice('trait:'.length)}`),
  };
}
