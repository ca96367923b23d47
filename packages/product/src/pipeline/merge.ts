import type { LoggedEntry } from '../kernel/entry.ts';
import type { Json } from '../kernel/json.ts';
import type { LinkKey } from '../kernel/link-key.ts';
import { called } from './called.ts';
import { mergeDocs } from './merge-docs.ts';
import { noteManifest } from './note-live.ts';
import { type Registry, scopeColumns } from './registry.ts';
import type { PlainPersonDoc } from './stored-doc.ts';
import { emptyPersonDoc, type PersonDoc } from './subject-doc.ts';
import { type IdentityRow, identities, type PersonRow, type StandingRow, standings } from './tables.ts';
import { tellAccount } from './tell.ts';
import type { WorkingSet } from './working-set.ts';

/**
 * Two persons turn out to be one: all that was `from`'s becomes `to`'s. Earliest completions win, counts add up,
 * the running state of the survivor goes on. Analytics follow by the merge that is returned.
 */
export async function mergePeople(
  set: WorkingSet,
  registry: Registry,
  entry: LoggedEntry,
  pair: { from: string; to: string; call: string; actor: string },
): Promise<{ from: number; to: number }> {
  const columns = scopeColumns(entry.scope);
  const from = required(set.people.get({ id: pair.from, ...columns }));
  const to = required(set.people.get({ id: pair.to, ...columns }));
  // Links and standings are read from the store, so what is pending is written first.
  await set.flush();
  const links = await linksOf(set, from);
  const before: MergeBefore = { from: snapshot(from, links), to: snapshot(to, await linksOf(set, to)) };
  record(set, entry, { ...pair, before });
  const merged = mergeDocs(to.doc, from.doc);
  const doc: PersonDoc = {
    ...merged,
    states: mergeStates(registry, to.doc.states, from.doc.states),
    untils: { ...from.doc.untils, ...to.doc.untils },
  };
  set.people.put({
    ...to,
    userId: to.userId ?? from.userId,
    anonymousId: to.anonymousId ?? from.anonymousId,
    ...called(doc.traits),
    firstSeen: Math.min(to.firstSeen, from.firstSeen),
    lastSeen: Math.max(to.lastSeen, from.lastSeen),
    claimedAt: latest(to.claimedAt, from.claimedAt),
    verifiedAt: latest(to.verifiedAt, from.verifiedAt),
    doc,
  });
  set.people.put({ ...from, mergedInto: to.id, doc: emptyPersonDoc });
  set.wakes.remove({ subject: `person:${from.id}`, ...columns });
  // A page that is open under the old person must hear of the new one.
  noteManifest(set, entry.scope, from.id);
  moveLinks(set, links, { from, to });
  await moveStandings(set, registry, { from, to: { ...to, doc } });
  tellNewPairs(set, registry, entry, { from, to, doc });
  return { from: from.number, to: to.number };
}

/**
 * What both were before, for whoever asks later why they are one, and what it would be to part them. Two whole
 * documents a merge, for good: pruned ones would differ from what a replay derives.
 */
function record(
  set: WorkingSet,
  entry: LoggedEntry,
  { from, to, call, actor, before }: { from: string; to: string; call: string; actor: string; before: MergeBefore },
): void {
  set.merges.put({
    ...scopeColumns(entry.scope),
    id: `${entry.id}/${from}`,
    at: entry.at,
    person: to,
    other: from,
    outcome: 'merged',
    call,
    actor,
    before: before as unknown as Json,
  });
}

function linksOf(set: WorkingSet, row: PersonRow): Promise<IdentityRow[]> {
  return set.tx.list(identities, { where: { person: row.id, ...scopeColumns(row) }, orderBy: ['kind', 'value'] });
}

function snapshot(row: PersonRow, links: readonly IdentityRow[]): PersonBefore {
  const { id, number, userId, name, email, level, firstSeen, lastSeen, doc } = row;
  return {
    id,
    number,
    userId,
    name,
    email,
    level,
    firstSeen,
    lastSeen,
    links: links.map(({ kind, value }): LinkKey => `${kind}:${value}`),
    doc,
  };
}

/** A person as they were before a merge. */
export type PersonBefore = Pick<PersonRow, 'id' | 'number' | 'userId' | 'name' | 'email' | 'level' | 'firstSeen' | 'lastSeen' | 'doc'> & {
  readonly links: readonly LinkKey[];
};

export interface MergeBefore {
  readonly from: PersonBefore;
  readonly to: PersonBefore;
}

/** {@link MergeBefore} as the store gives it back: the documents are plain data. */
export type StoredMergeBefore = Readonly<Record<keyof MergeBefore, Omit<PersonBefore, 'doc'> & { readonly doc: PlainPersonDoc }>>;

/** An alias of two identified users was refused: noted with both, so that somebody in charge can decide. */
export function recordRefusal(set: WorkingSet, entry: LoggedEntry, pair: { person: string; other: string; actor: string }): void {
  const refused = { outcome: 'refused', call: 'alias', before: null } as const;
  set.merges.put({ ...scopeColumns(entry.scope), id: entry.id, at: entry.at, ...pair, ...refused });
}

function latest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

function required(row: PersonRow | undefined): PersonRow {
  if (!row) throw new Error('a merged person is not there');
  return row;
}

/** `slice/id` → state; both have one: the slice says what they come to. A definition that is gone keeps the survivor's. */
function mergeStates(registry: Registry, to: Readonly<Record<string, Json>>, from: Readonly<Record<string, Json>>): Record<string, Json> {
  const states: Record<string, Json> = { ...from, ...to };
  for (const [key, state] of Object.entries(to)) {
    const other = from[key];
    const [slice = '', id = ''] = key.split('/', 2);
    const live = other === undefined ? undefined : registry.reactor(slice, id);
    if (live && other !== undefined) states[key] = live.reactor.merge(state, other);
  }
  return states;
}

/** The ids that led to `from`, and its memberships. */
function moveLinks(set: WorkingSet, links: readonly IdentityRow[], { from, to }: { from: PersonRow; to: PersonRow }): void {
  const columns = scopeColumns(to);
  set.identities.learn(links);
  for (const link of links) set.identities.put({ ...link, person: to.id });
  for (const account of from.doc.accounts) {
    set.memberships.remove({ account, person: from.id, ...columns });
    set.memberships.put({ account, person: to.id, since: Math.min(from.firstSeen, to.firstSeen), ...columns });
  }
}

/** @param people.to with the document of both */
async function moveStandings(set: WorkingSet, registry: Registry, { from, to }: { from: PersonRow; to: PersonRow }): Promise<void> {
  for (const row of await set.tx.list(standings, { where: { subject: `person:${from.id}`, ...scopeColumns(to) } })) {
    set.standings.remove(row);
    const standing = standingAfter(registry, to, row);
    if (standing) set.standings.put({ ...row, ...standing, subject: `person:${to.id}` });
  }
}

function standingAfter(registry: Registry, to: PersonRow, row: StandingRow): { status: string; at: number } | undefined {
  const state = to.doc.states[`${row.slice}/${row.definition}`];
  const live = registry.reactor(row.slice, row.definition);
  return state === undefined || !live ? { status: row.status, at: row.at } : live.reactor.standing(state);
}

/** Accounts have heard of what their own members reached; what the union adds is news. */
function tellNewPairs(
  set: WorkingSet,
  registry: Registry,
  entry: LoggedEntry,
  { from, to, doc }: { from: PersonRow; to: PersonRow; doc: PersonDoc },
): void {
  for (const account of doc.accounts) {
    for (const [milestone, at] of doc.milestones.entries()) {
      const told = [from, to].some((row) => row.doc.accounts.includes(account) && row.doc.milestones.has(milestone));
      if (!told) tellAccount(set, registry, entry, { account, person: to.id, milestone, at });
    }
  }
}
