import { type AcceptedEvent, eventName, identityLevels, isAboutAccountAlone } from '../kernel/event.ts';
import type { LinkKey } from '../kernel/link-key.ts';
import type { Scope } from '../kernel/scope.ts';
import type { Merge } from '../ports/warehouse/warehouse.ts';
import { called } from './called.ts';
import { personCell } from './cell.ts';
import { describeAccount } from './describe-account.ts';
import type { EventEntry } from './entry-body.ts';
import { foldEvent } from './fold.ts';
import { joinAccount } from './join-account.ts';
import { mergePeople, recordRefusal } from './merge.ts';
import { noteLive } from './note-live.ts';
import { noteReached } from './note-reached.ts';
import { take } from './react.ts';
import { type Registry, scopeColumns } from './registry.ts';
import { resolve } from './resolve.ts';
import { type Handle, rowIn } from './row-cache.ts';
import { emptyPersonDoc, type PersonDoc } from './subject-doc.ts';
import type { PersonRow } from './tables.ts';
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
  readonly person: Handle<PersonRow>;
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
  const { k, milestones } = takeEvent(set, registry, entry, { person, joins: true, everything: made || merges.length > 0 });
  const row = rowIn(person);
  const account = accountOf(row, entry.body.event);
  noteLive(set, entry, { person: row, account });
  return {
    i: index,
    p: row.number,
    k,
    a: account,
    ...(milestones.length > 0 ? { m: milestones } : {}),
    ...(merges.length > 0 ? { merges: [...merges] } : {}),
  };
}

/** What an event came to for its person: its order key, the milestones that followed with their keys. */
interface Taken {
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
  who: { readonly person: Handle<PersonRow>; readonly joins: boolean; readonly everything: boolean },
): Taken {
  const { event } = entry.body;
  const { person } = who;
  const row = rowIn(person);
  const name = eventName(event);
  const { doc, k, changed } = foldEvent(row.doc, event, registry.featuresFor(name));
  person.put(seenAgain(row, doc, event));
  const joins = who.joins && event.groupId !== undefined && !event.unproven;
  const joined = joins ? joinAccount({ set, registry, entry, person }, event.groupId) : none;
  const milestones: [string, number][] = [];
  const cell = personCell(entry.scope, row.id, person);
  const reached = (ids: readonly string[]) => void milestones.push(...noteReached({ set, registry, entry, person }, ids, event.time));
  // For somebody new, or after a merge, anything may be true, also what was not done: everything is matched.
  const keys = who.everything ? registry.keys : joined.length === 0 ? changed : [...changed, ...joined];
  take({ set, registry, entry, cell, time: event.time, reached }, { kind: 'event', event, name }, keys);
  return { k, milestones };
}

const none: readonly string[] = [];

function resolvePerson(set: WorkingSet, registry: Registry, entry: EventEntry): Whose | Promise<Whose> {
  const { scope, body } = entry;
  const personOf = (link: LinkKey) => set.identities.get(linkRow(scope, link))?.person;
  const handleOf = (id: string) => set.people.handle({ id, ...scopeColumns(scope) });
  const resolution = resolve(body.event, { personOf, hasUser: (id) => rowIn(handleOf(id)).userId !== null });
  const known = resolution.adopt ?? personOf(resolution.owner);
  const person = handleOf(known ?? createPerson(set, scope, body.event));
  const made = known === undefined;
  for (const link of resolution.link) noteIdentity(set, scope, person, link);
  const { type: call, level: actor } = body.event;
  if (resolution.refused !== undefined) recordRefusal(set, entry, { person: rowIn(person).id, other: resolution.refused, actor });
  if (resolution.merge === undefined) return { person, merges: noMerges, made };
  const pair = { from: resolution.merge, to: rowIn(person).id, call, actor };
  return mergePeople(set, registry, entry, pair).then((merge) => ({ person, merges: [merge], made }));
}

const noMerges: Whose['merges'] = [];

/** A row without anything yet; its id. */
function createPerson(set: WorkingSet, scope: Scope, event: AcceptedEvent): string {
  const number = count(set, scope, 'people');
  const row: PersonRow = {
    id: `p_${number}`,
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
  return row.id;
}

function noteIdentity(set: WorkingSet, scope: Scope, person: Handle<PersonRow>, link: LinkKey): void {
  const row = rowIn(person);
  const key = linkRow(scope, link);
  set.identities.put({ person: row.id, ...key });
  if (key.kind === 'user') person.put({ ...row, userId: row.userId ?? key.value });
  else if (key.kind === 'anonymous') person.put({ ...row, anonymousId: row.anonymousId ?? key.value });
}

/** First and last seen, level and the columns that lists show. `context.active = false` is no visit. */
function seenAgain(row: PersonRow, doc: PersonDoc, event: AcceptedEvent): PersonRow {
  const active = event.context?.active !== false;
  const stronger = identityLevels.indexOf(event.level) > identityLevels.indexOf(row.level);
  return {
    ...row,
    ...(doc.traits === row.doc.traits ? unchanged : called(doc.traits)),
    doc,
    firstSeen: Math.min(row.firstSeen, event.time),
    lastSeen: active ? Math.max(row.lastSeen, event.time) : row.lastSeen,
    level: stronger ? event.level : row.level,
    claimedAt: event.level === 'claimed' ? Math.max(row.claimedAt ?? 0, event.receivedAt) : row.claimedAt,
    verifiedAt: event.level === 'verified' ? Math.max(row.verifiedAt ?? 0, event.receivedAt) : row.verifiedAt,
  };
}

const unchanged = {};

/** The account an event belongs to: the one it names, else the person's only one. */
function accountOf(row: PersonRow, event: AcceptedEvent): string | null {
  if (event.groupId !== undefined && !event.unproven) return event.groupId;
  return row.doc.accounts.length === 1 ? (row.doc.accounts[0] ?? null) : null;
}
