import { isAboutAccountAlone } from '../kernel/event.ts';
import { own } from '../kernel/own.ts';
import { type TimedTrait, tellMembers } from './account-facts.ts';
import type { EventEntry } from './entry-body.ts';
import { foldTraits } from './fold.ts';
import { appliedOf } from './note-live.ts';
import { send } from './react.ts';
import { type Registry, scopeColumns } from './registry.ts';
import { shortText } from './short-text.ts';
import { type AccountDoc, emptyAccountDoc } from './subject-doc.ts';
import type { AccountRow } from './tables.ts';
import type { WorkingSet } from './working-set.ts';

/** The account that an event names exists from here on, with what a group call says of it. Gives it as it is now. */
export function describeAccount(
  { set, registry, entry }: { readonly set: WorkingSet; readonly registry: Registry; readonly entry: EventEntry },
  account: string,
): AccountDoc {
  const { event } = entry.body;
  const columns = scopeColumns(entry.scope);
  const known = set.accounts.get({ id: account, ...columns });
  const row: AccountRow = known ?? {
    id: account,
    name: null,
    firstSeen: event.time,
    lastSeen: event.time,
    doc: emptyAccountDoc,
    ...columns,
  };
  const { doc, changed } = foldTraits(row.doc, event.type === 'group' ? (event.traits ?? {}) : {}, event.time);
  // Being described is no visit.
  const active = !isAboutAccountAlone(event);
  set.accounts.put({
    ...row,
    firstSeen: Math.min(row.firstSeen, event.time),
    lastSeen: active ? Math.max(row.lastSeen, event.time) : row.lastSeen,
    name: shortText(doc.traits.name),
    doc,
  });
  const keys = known ? changed : registry.keys;
  if (registry.matchersFor('account', keys).length > 0) {
    send(set, entry, { id: `changed:${entry.id}`, body: { what: 'account_changed', account, keys } });
  }
  if (known) tellMembers(set, entry, { account, traits: pickTraits(doc, asked(changed, registry.accountTraits)) });
  if (!active) appliedOf(set, entry).accounts.add(account);
  return doc;
}

function asked(changed: readonly string[], names: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(changed.map((key) => key.slice('trait:'.length)).filter((name) => names.has(name)));
}

/** These traits with their times; one that was taken back is null. */
export function pickTraits({ traits, traitTimes }: AccountDoc, names: ReadonlySet<string>): TimedTrait[] {
  return [...names].flatMap((name): TimedTrait[] => {
    const time = own(traitTimes, name);
    return time === undefined ? [] : [[name, own(traits, name) ?? null, time]];
  });
}
