import type { LoggedEntry } from '../kernel/entry.ts';
import { type AcceptedEvent, eventName, identityLevels, isAboutAccountAlone } from '../kernel/event.ts';
import type { Json } from '../kernel/json.ts';
import { type Scope, scopeKey } from '../kernel/scope.ts';
import { personCell } from './cell.ts';
import { foldEvent, foldTraits, nextKey } from './fold.ts';
import { mergePeople } from './merge.ts';
import { send, take } from './react.ts';
import { type Registry, scopeColumns } from './registry.ts';
import { type LinkKey, resolve } from './resolve.ts';
import { emptyAccountDoc, emptyPersonDoc } from './subject-doc.ts';
import type { PersonRow } from './tables.ts';
import { tellAccount, tellAccounts } from './tell.ts';
import { count, linkRow, type ResolvedEntry, type WorkingSet } from './working-set.ts';

type EventEntry = LoggedEntry & { readonly body: { readonly what: 'event'; readonly event: AcceptedEvent } };

/** Stages 3 to 6 for one event. Returns what the projector needs: nothing, when the event is nobody's doing. */
export async function applyEvent(
  set: WorkingSet,
  registry: Registry,
  entry: EventEntry,
  index: number,
): Promise<ResolvedEntry | undefined> {
  const { event } = entry.body;
  if (isAboutAccountAlone(event)) {
    describeAccount(set, registry, entry);
    return undefined;
  }
  const { person, merges, made } = await resolvePerson(set, registry, entry);
  const key = { ...scopeColumns(entry.scope), id: person };
  const row = requirePerson(set, key);
  const { doc, k, changed } = foldEvent(row.doc, event);
  set.people.put(seenAgain({ ...row, doc }, event));
  if (event.groupId !== undefined) joinAccount(set, registry, entry, person);
  const milestones: [string, number][] = [];
  take(
    {
      set,
      registry,
      entry,
      cell: personCell(set, entry.scope, person),
      time: event.time,
      reached: (ids) => {
        const keys = giveKeys(set, key, { time: event.time, count: ids.length });
        for (const [order, milestone] of ids.entries()) {
          milestones.push([milestone, keys[order] ?? 0]);
          tellAccounts(set, registry, entry, { person, milestone, at: event.time });
        }
      },
    },
    { kind: 'event', event, name: eventName(event) },
    // For somebody new, or after a merge, anything may be true, also what was not done: everything is matched.
    made || merges.length > 0 ? registry.keys : changed,
  );
  const account = accountOf(requirePerson(set, key), event);
  noteLive(set, entry, { person: requirePerson(set, key), account });
  return {
    i: index,
    p: row.number,
    k,
    a: account,
    ...(milestones.length > 0 ? { m: milestones } : {}),
    ...(merges.length > 0 ? { merges } : {}),
  };
}

function requirePerson(set: WorkingSet, key: Partial<PersonRow>): PersonRow {
  const row = set.people.get(key);
  if (!row) throw new Error(`person ${key.id} is not there`);
  return row;
}

/** Order keys for what follows an event, such as milestones. */
export function giveKeys(set: WorkingSet, key: Partial<PersonRow>, input: { time: number; count: number }): number[] {
  const handle = set.people.handle(key);
  const row = handle.get();
  if (!row) throw new Error(`person ${key.id} is not there`);
  let { ties } = row.doc;
  const keys = Array.from({ length: input.count }, (_, order) => {
    const next = nextKey({ ...row.doc, ties, folded: row.doc.folded + order }, input.time);
    ties = next.ties;
    return next.k;
  });
  handle.put({ ...row, doc: { ...row.doc, ties } });
  return keys;
}

async function resolvePerson(
  set: WorkingSet,
  registry: Registry,
  entry: EventEntry,
): Promise<{ person: string; merges: { from: number; to: number }[]; made: boolean }> {
  const { scope, body } = entry;
  const personOf = (link: LinkKey) => set.identities.get(linkRow(scope, link))?.person;
  const resolution = resolve(body.event, {
    personOf,
    hasUser: (person) => requirePerson(set, { ...scopeColumns(scope), id: person }).userId !== null,
  });
  const known = resolution.adopt ?? personOf(resolution.owner);
  const person = known ?? createPerson(set, scope, body.event);
  const made = known === undefined;
  for (const link of resolution.link) {
    set.identities.put({ ...linkRow(scope, link), person });
    noteIdentity(set, scope, person, link);
  }
  if (resolution.merge === undefined) return { person, merges: [], made };
  return { person, merges: [await mergePeople(set, registry, entry, { from: resolution.merge, to: person })], made };
}

function createPerson(set: WorkingSet, scope: Scope, event: AcceptedEvent): string {
  const number = count(set, scope, 'people');
  const id = `p_${number}`;
  const row: PersonRow = {
    ...scopeColumns(scope),
    id,
    number,
    userId: null,
    anonymousId: null,
    name: null,
    email: null,
    level: event.level,
    firstSeen: event.time,
    lastSeen: event.time,
    mergedInto: null,
    doc: emptyPersonDoc,
  };
  set.people.put(row);
  return id;
}

function noteIdentity(set: WorkingSet, scope: Scope, person: string, link: LinkKey): void {
  const row = requirePerson(set, { ...scopeColumns(scope), id: person });
  const value = link.slice(link.indexOf(':') + 1);
  if (link.startsWith('user:')) set.people.put({ ...row, userId: row.userId ?? value });
  else set.people.put({ ...row, anonymousId: row.anonymousId ?? value });
}

/** First and last seen, level and the columns that lists show. `context.active = false` is no visit. */
function seenAgain(row: PersonRow, event: AcceptedEvent): PersonRow {
  const active = event.context?.active !== false;
  const stronger = identityLevels.indexOf(event.level) > identityLevels.indexOf(row.level);
  return {
    ...row,
    firstSeen: Math.min(row.firstSeen, event.time),
    lastSeen: active ? Math.max(row.lastSeen, event.time) : row.lastSeen,
    level: stronger ? event.level : row.level,
    name: nameOf(row.doc.traits),
    email: text(row.doc.traits.email),
  };
}

function nameOf(traits: Readonly<Record<string, Json>>): string | null {
  const parts = [text(traits.firstName), text(traits.lastName)].filter((part) => part !== null);
  return text(traits.name) ?? (parts.length > 0 ? parts.join(' ') : null);
}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, 300) : null;
}

/** A group call, or an event that names its account: the account exists, the person belongs to it. */
function joinAccount(set: WorkingSet, registry: Registry, entry: EventEntry, person: string): void {
  const { event } = entry.body;
  const account = describeAccount(set, registry, entry);
  const columns = scopeColumns(entry.scope);
  const member = requirePerson(set, { ...columns, id: person });
  if (member.doc.accounts.includes(account)) return;
  set.people.put({ ...member, doc: { ...member.doc, accounts: [...member.doc.accounts, account] } });
  set.memberships.put({ ...columns, account, person, since: event.time });
  // What the person had reached before joining counts for the account from now on.
  for (const [milestone, at] of Object.entries(member.doc.milestones))
    tellAccount(set, registry, entry, { account, person, milestone, at });
}

/** The account that an event names exists from here on, with what a group call says of it. Returns its id. */
function describeAccount(set: WorkingSet, registry: Registry, entry: EventEntry): string {
  const { event } = entry.body;
  const account = event.groupId as string;
  const columns = scopeColumns(entry.scope);
  const known = set.accounts.get({ ...columns, id: account });
  const row = known ?? { ...columns, id: account, name: null, firstSeen: event.time, lastSeen: event.time, doc: emptyAccountDoc };
  const { doc, changed } = foldTraits(row.doc, event.type === 'group' ? (event.traits ?? {}) : {}, event.time);
  // Being described is no visit.
  const active = !isAboutAccountAlone(event);
  set.accounts.put({
    ...row,
    firstSeen: Math.min(row.firstSeen, event.time),
    lastSeen: active ? Math.max(row.lastSeen, event.time) : row.lastSeen,
    name: text(doc.traits.name),
    doc,
  });
  const keys = known ? changed : registry.keys;
  if (registry.matchersFor('account', keys).length > 0) {
    send(set, entry, { id: `changed:${entry.id}`, body: { what: 'account_changed', account, keys } });
  }
  if (!active) appliedOf(set, entry).accounts.add(account);
  return account;
}

/** The account an event belongs to: the one it names, else the person's only one. */
function accountOf(row: PersonRow, event: AcceptedEvent): string | null {
  if (event.groupId !== undefined) return event.groupId;
  return row.doc.accounts.length === 1 ? (row.doc.accounts[0] ?? null) : null;
}

/** Live screens show the latest few; under load the rest of a batch is only counted. */
const liveEventsABatch = 300;

/** What live screens will hear of the batch, in the entry's environment. */
function appliedOf(set: WorkingSet, entry: EventEntry) {
  const key = scopeKey(entry.scope);
  const note = set.signals.applied.get(key) ?? { scope: entry.scope, events: [], people: new Set(), accounts: new Set() };
  set.signals.applied.set(key, note);
  return note;
}

function noteLive(set: WorkingSet, entry: EventEntry, who: { person: PersonRow; account: string | null }): void {
  const { event } = entry.body;
  const note = appliedOf(set, entry);
  const { person, account } = who;
  note.people.add(person.id);
  if (account !== null) note.accounts.add(account);
  if (note.events.length >= liveEventsABatch) return;
  note.events.push({
    id: event.messageId,
    type: event.type,
    name: eventName(event),
    person: person.id,
    personLabel: person.name ?? person.email ?? person.userId,
    account,
    time: event.time,
    properties: event.properties ?? event.traits ?? {},
  });
  set.signals.manifests.set(`${scopeKey(entry.scope)}/${person.id}`, { scope: entry.scope, person: person.id });
}
