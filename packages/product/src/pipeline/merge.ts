import type { LoggedEntry } from '../kernel/entry.ts';
import type { Json } from '../kernel/json.ts';
import { scopeKey } from '../kernel/scope.ts';
import { mergeDocs } from './merge-docs.ts';
import { type Registry, scopeColumns } from './registry.ts';
import { emptyPersonDoc, type PersonDoc } from './subject-doc.ts';
import { identities, type PersonRow, type StandingRow, standings } from './tables.ts';
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
  pair: { from: string; to: string },
): Promise<{ from: number; to: number }> {
  const columns = scopeColumns(entry.scope);
  const from = required(set.people.get({ ...columns, id: pair.from }));
  const to = required(set.people.get({ ...columns, id: pair.to }));
  const merged = mergeDocs(to.doc, from.doc);
  const doc: PersonDoc = {
    ...merged,
    states: mergeStates(registry, to.doc.states, from.doc.states),
    untils: { ...from.doc.untils, ...to.doc.untils },
  };
  set.people.put({
    ...to,
    anonymousId: to.anonymousId ?? from.anonymousId,
    firstSeen: Math.min(to.firstSeen, from.firstSeen),
    lastSeen: Math.max(to.lastSeen, from.lastSeen),
    doc,
  });
  set.people.put({ ...from, mergedInto: to.id, doc: emptyPersonDoc });
  set.wakes.remove({ ...columns, subject: `person:${from.id}` });
  // A page that is open under the old person must hear of the new one.
  set.signals.manifests.set(`${scopeKey(entry.scope)}/${from.id}`, { scope: entry.scope, person: from.id });
  await moveRows(set, registry, entry, { from, to: required(set.people.get({ ...columns, id: pair.to })) });
  tellNewPairs(set, registry, entry, { from, to, doc });
  return { from: from.number, to: to.number };
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

/** Links, memberships and standings; read from the store, so what is pending is written first. */
async function moveRows(
  set: WorkingSet,
  registry: Registry,
  entry: LoggedEntry,
  { from, to }: { from: PersonRow; to: PersonRow },
): Promise<void> {
  const columns = scopeColumns(entry.scope);
  await set.flush();
  const links = await set.tx.list(identities, { where: { ...columns, person: from.id } });
  set.identities.learn(links);
  for (const link of links) set.identities.put({ ...link, person: to.id });
  for (const account of from.doc.accounts) {
    set.memberships.remove({ ...columns, account, person: from.id });
    set.memberships.put({ ...columns, account, person: to.id, since: Math.min(from.firstSeen, to.firstSeen) });
  }
  for (const row of await set.tx.list(standings, { where: { ...columns, subject: `person:${from.id}` } })) {
    set.standings.remove(row);
    const standing = standingAfter(registry, to, row);
    if (standing) set.standings.put({ ...row, ...standing, subject: `person:${to.id}` });
  }
}

function standingAfter(registry: Registry, to: PersonRow, row: StandingRow): { status: string; at: number } | undefined {
  const milestone = row.slice === 'milestones' ? to.doc.milestones[row.definition] : undefined;
  if (milestone !== undefined) return { status: row.status, at: milestone };
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
    for (const [milestone, at] of Object.entries(doc.milestones)) {
      const told = [from, to].some((row) => row.doc.accounts.includes(account) && row.doc.milestones[milestone] !== undefined);
      if (!told) tellAccount(set, registry, entry, { account, person: to.id, milestone, at });
    }
  }
}
