import { type AcceptedEvent, eventName, identityLevels, isAboutAccountAlone } from '../kernel/event.ts';
import type { LinkKey } from '../kernel/link-key.ts';
import type { Scope } from '../kernel/scope.ts';
import type { Merge } from '../ports/warehouse/warehouse.ts';
import { called } from './called.ts';
import { personCell } from './cell.ts';
import { describeAccount } from './describe-account.ts';
import type { EventEntry } from './entry-body.ts';
import { foldEvent, nextKey } from './fold.ts';
import { joinAccount } from './join-account.ts';
import { mergePeople, recordRefusal } from './merge.ts';
import { noteLive } from './note-live.ts';
import { take } from './react.ts';
import { type Registry, scopeColumns } from './registry.ts';
import { resolve } from './resolve.ts';
import type { Handle } from './row-cache.ts';
import { emptyPersonDoc, type PersonDoc } from './subject-doc.ts';
import type { PersonRow } from './tables.ts';
import { tellAccounts } from './tell.ts';
import { count, linkRow, type Outcome, proofCounter, type ResolvedEntry, type WorkingSet } from './working-set.ts';

/** Stages 3 to 6 for one event. Comes to what the projector needs: nothing, when the event is nobody's doing. */
export function applyEvent(set: WorkingSet, registry: Registry, entry: EventEntry, index: number): Outcome {
  const { event } = entry.body;
  if (isAboutAccountAlone(event)) {
    describeAccount({ set, registry, entry }, event.groupId ?? '');
    return undefined;
  }
  for (const name of proofCounter(entry)) count(set, entry.scope, name);
  const whose = resolvePerson(set, registry, entry);
  if (whose instanceof Promise) return whose.then((found) => moveOwner(set, registry, entry, { index, ...found }));
  return moveOwner(set, registry, entry, { index, ...whose });
}

/** Whose event it is. */
interface Whose {
  readonly person: string;
  readonly merges: readonly Omit<Merge, 'scope'>[];
  /** Nobody had its ids before. */
  readonly made: boolean;
}

/** Stages 4 to 6, and what the projector needs. */
function moveOwner(
  set: WorkingSet,
  registry: Registry,
  entry: EventEntry,
  { person, merges, made, index }: Whose & { readonly index: number },
): ResolvedEntry {
  const { number, k, milestones } = takeEvent(set, registry, entry, { person, joins: true, everything: made || merges.length > 0 });
  const row = requirePerson(set, { id: person, ...scopeColumns(entry.scope) });
  const account = accountOf(row, entry.body.event);
  noteLive(set, entry, { person: row, account });
  return {
    i: index,
    p: number,
    k,
    a: account,
    ...(milestones.length > 0 ? { m: milestones } : {}),
    ...(merges.length > 0 ? { merges: [...merges] } : {}),
  };
}

/** What an event came to for its person: their number, its order key, the milestones that followed with their keys. */
interface Taken {
  readonly number: number;
  readonly k: number;
  readonly milestones: [string, number][];
}

/**
 * Stages 4 to 6 for an event whose person is known.
 *
 * @param who.joins false when the person is known to be in the account it names, and nothing is said of either
 * @param who.everything the person is new or has become another: every rule is asked
 */
export function takeEvent(
  set: WorkingSet,
  registry: Registry,
  entry: EventEntry,
  who: { readonly person: string; readonly joins: boolean; readonly everything: boolean },
): Taken {
  const { event } = entry.body;
  const { person } = who;
  const handle = set.people.handle({ id: person, ...scopeColumns(entry.scope) });
  const row = rowIn(handle);
  const name = eventName(event);
  const { doc, k, changed } = foldEvent(row.doc, event, registry.featuresFor(name));
  handle.put(seenAgain(row, doc, event));
  const joins = who.joins && event.groupId !== undefined && !event.unproven;
  const joined = joins ? joinAccount({ set, registry, entry, person }, event.groupId) : [];
  const milestones: [string, number][] = [];
  take(
    {
      set,
      registry,
      entry,
      cell: personCell(set, entry.scope, person),
      time: event.time,
      reached: (ids) => {
        const keys = giveKeys(handle, { time: event.time, count: ids.length });
        for (const [order, milestone] of ids.entries()) {
          milestones.push([milestone, keys[order] ?? 0]);
          tellAccounts(set, registry, entry, { person, milestone, at: event.time });
        }
      },
    },
    { kind: 'event', event, name },
    // For somebody new, or after a merge, anything may be true, also what was not done: everything is matched.
    who.everything ? registry.keys : [...changed, ...joined],
  );
  return { number: row.number, k, milestones };
}

function rowIn(handle: Handle<PersonRow>): PersonRow {
  const row = handle.get();
  if (!row) throw new Error('the person is not there');
  return row;
}

function requirePerson(set: WorkingSet, key: Partial<PersonRow>): PersonRow {
  const row = set.people.get(key);
  if (!row) throw new Error(`person ${key.id} is not there`);
  return row;
}

/** Order keys for what follows an event, such as milestones. */
export function giveKeys(handle: Handle<PersonRow>, input: { time: number; count: number }): number[] {
  const row = rowIn(handle);
  let { ties } = row.doc;
  const keys = Array.from({ length: input.count }, (_, order) => {
    const next = nextKey({ ties, folded: row.doc.folded + order }, input.time);
    ties = next.ties;
    return next.k;
  });
  handle.put({ ...row, doc: { ...row.doc, ties } });
  return keys;
}

function resolvePerson(set: WorkingSet, registry: Registry, entry: EventEntry): Whose | Promise<Whose> {
  const { scope, body } = entry;
  const personOf = (link: LinkKey) => set.identities.get(linkRow(scope, link))?.person;
  const resolution = resolve(body.event, {
    personOf,
    hasUser: (person) => requirePerson(set, { id: person, ...scopeColumns(scope) }).userId !== null,
  });
  const known = resolution.adopt ?? personOf(resolution.owner);
  const person = known ?? createPerson(set, scope, body.event);
  const made = known === undefined;
  for (const link of resolution.link) {
    set.identities.put({ person, ...linkRow(scope, link) });
    noteIdentity(set, scope, person, link);
  }
  const { type: call, level: actor } = body.event;
  if (resolution.refused !== undefined) recordRefusal(set, entry, { person, other: resolution.refused, actor });
  if (resolution.merge === undefined) return { person, merges: [], made };
  const pair = { from: resolution.merge, to: person, call, actor };
  return mergePeople(set, registry, entry, pair).then((merge) => ({ person, merges: [merge], made }));
}

function createPerson(set: WorkingSet, scope: Scope, event: AcceptedEvent): string {
  const number = count(set, scope, 'people');
  const id = `p_${number}`;
  const row: PersonRow = {
    id,
    number,
    userId: null,
    anonymousId: null,
    name: null,
    email: null,
    level: event.level,
    firstSeen: event.time,
    lastSeen: event.time,
    claimedAt: null,
    verifiedAt: null,
    mergedInto: null,
    doc: emptyPersonDoc,
    ...scopeColumns(scope),
  };
  set.people.put(row);
  return id;
}

function noteIdentity(set: WorkingSet, scope: Scope, person: string, link: LinkKey): void {
  const row = requirePerson(set, { id: person, ...scopeColumns(scope) });
  const value = link.slice(link.indexOf(':') + 1);
  if (link.startsWith('user:')) set.people.put({ ...row, userId: row.userId ?? value });
  else if (link.startsWith('anonymous:')) set.people.put({ ...row, anonymousId: row.anonymousId ?? value });
}

/** First and last seen, level and the columns that lists show. `context.active = false` is no visit. */
function seenAgain(row: PersonRow, doc: PersonDoc, event: AcceptedEvent): PersonRow {
  const active = event.context?.active !== false;
  const stronger = identityLevels.indexOf(event.level) > identityLevels.indexOf(row.level);
  return {
    ...row,
    doc,
    firstSeen: Math.min(row.firstSeen, event.time),
    lastSeen: active ? Math.max(row.lastSeen, event.time) : row.lastSeen,
    level: stronger ? event.level : row.level,
    claimedAt: event.level === 'claimed' ? Math.max(row.claimedAt ?? 0, event.receivedAt) : row.claimedAt,
    verifiedAt: event.level === 'verified' ? Math.max(row.verifiedAt ?? 0, event.receivedAt) : row.verifiedAt,
    ...called(doc.traits),
  };
}

/** The account an event belongs to: the one it names, else the person's only one. */
function accountOf(row: PersonRow, event: AcceptedEvent): string | null {
  if (event.groupId !== undefined && !event.unproven) return event.groupId;
  return row.doc.accounts.length === 1 ? (row.doc.accounts[0] ?? null) : null;
}
