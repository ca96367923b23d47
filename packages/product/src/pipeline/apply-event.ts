import { type AcceptedEvent, eventName, identityLevels, isAboutAccountAlone } from '../kernel/event.ts';
import type { Json } from '../kernel/json.ts';
import type { LinkKey } from '../kernel/link-key.ts';
import type { Scope } from '../kernel/scope.ts';
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
import { shortText } from './short-text.ts';
import { emptyPersonDoc } from './subject-doc.ts';
import type { PersonRow } from './tables.ts';
import { tellAccounts } from './tell.ts';
import { count, linkRow, proofCounter, type ResolvedEntry, type WorkingSet } from './working-set.ts';

/** Stages 3 to 6 for one event. Returns what the projector needs: nothing, when the event is nobody's doing. */
export async function applyEvent(
  set: WorkingSet,
  registry: Registry,
  entry: EventEntry,
  index: number,
): Promise<ResolvedEntry | undefined> {
  const { event } = entry.body;
  if (isAboutAccountAlone(event)) {
    describeAccount({ set, registry, entry }, event.groupId ?? '');
    return undefined;
  }
  for (const name of proofCounter(entry)) count(set, entry.scope, name);
  const { person, merges, made } = await resolvePerson(set, registry, entry);
  const key = { ...scopeColumns(entry.scope), id: person };
  const row = requirePerson(set, key);
  const { doc, k, changed } = foldEvent(row.doc, event, registry.featuresFor(eventName(event)));
  set.people.put(seenAgain({ ...row, doc }, event));
  const joined = event.groupId === undefined || event.unproven ? [] : joinAccount({ set, registry, entry, person }, event.groupId);
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
    made || merges.length > 0 ? registry.keys : [...changed, ...joined],
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
  const { type: call, level: actor } = body.event;
  if (resolution.refused !== undefined) recordRefusal(set, entry, { person, other: resolution.refused, actor });
  if (resolution.merge === undefined) return { person, merges: [], made };
  return { person, merges: [await mergePeople(set, registry, entry, { from: resolution.merge, to: person, call, actor })], made };
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
    claimedAt: null,
    verifiedAt: null,
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
  else if (link.startsWith('anonymous:')) set.people.put({ ...row, anonymousId: row.anonymousId ?? value });
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
    claimedAt: event.level === 'claimed' ? Math.max(row.claimedAt ?? 0, event.receivedAt) : row.claimedAt,
    verifiedAt: event.level === 'verified' ? Math.max(row.verifiedAt ?? 0, event.receivedAt) : row.verifiedAt,
    name: nameOf(row.doc.traits),
    email: shortText(row.doc.traits.email),
  };
}

function nameOf(traits: Readonly<Record<string, Json>>): string | null {
  const parts = [shortText(traits.firstName), shortText(traits.lastName)].filter((part) => part !== null);
  return shortText(traits.name) ?? (parts.length > 0 ? parts.join(' ') : null);
}

/** The account an event belongs to: the one it names, else the person's only one. */
function accountOf(row: PersonRow, event: AcceptedEvent): string | null {
  if (event.groupId !== undefined && !event.unproven) return event.groupId;
  return row.doc.accounts.length === 1 ? (row.doc.accounts[0] ?? null) : null;
}
