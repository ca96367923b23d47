import type { LoggedEntry } from '../kernel/entry.ts';
import type { Body } from './entry-body.ts';
import { definitionNeeds, type NeedsRow } from './preparation-tables.ts';
import { cascade, react, send } from './react.ts';
import { type Registry, scopeColumns } from './registry.ts';
import { emptyAccountDoc } from './subject-doc.ts';
import { turnFor } from './subject-turn.ts';
import { live, type MembershipRow, memberships, type PersonRow, people } from './tables.ts';
import type { WorkingSet } from './working-set.ts';

/** Members whose documents are looked at together. */
const peopleATime = 200;

/** Notes which version holds from this position on; the registry is read again after it. */
export async function noteDefinition(set: WorkingSet, entry: LoggedEntry, body: Body<'definition'>): Promise<void> {
  const key = { slice: body.slice, definition: body.id, ...scopeColumns(entry.scope) };
  await set.tx.remove(definitionNeeds, [key]);
  if (body.state === 'killed') await set.tx.remove(live, [key]);
  else await set.tx.put(live, [{ ...key, version: body.version, since: entry.at }]);
  set.signals.definitions.set(entry.scope, true);
}

/** Notes what a version will ask for that is about to be published: it is counted and copied from here on. */
export async function notePreparation(set: WorkingSet, entry: LoggedEntry, body: Body<'prepare'>): Promise<void> {
  const { slice, id, version, needs } = body;
  await set.tx.put<NeedsRow>(definitionNeeds, [{ slice, definition: id, version, needs, ...scopeColumns(entry.scope) }]);
  set.signals.definitions.set(entry.scope, true);
}

/**
 * The definition of one account (a plan) is told what its people have
 * reached before; one for everybody is looked at again, a page of subjects at a time.
 */
export async function applyDefinition(set: WorkingSet, registry: Registry, entry: LoggedEntry, body: Body<'definition'>): Promise<void> {
  if (body.state === 'killed') return;
  const reactor = registry.reactor(body.slice, body.id);
  const account = reactor?.definition.only;
  if (reactor && account?.kind === 'account') {
    await tellPast(set, entry, account.id, reactor.reactor.memberMilestones?.(reactor.definition.body) ?? []);
    // What the account itself has reached is no news of its people: the definition looks for itself.
    const { turn } = turnFor(set, registry, entry, { index: 0, subject: account });
    cascade(turn, [], react(turn, { kind: 'reconsidered' }, [reactor]));
    return;
  }
  if (!body.backfill) return;
  reconsiderUsers(set, registry, entry, body);
  const subjects = registry.matcher(body.slice, body.id)?.subject ?? reactor?.reactor.subject;
  if (!subjects) return;
  send(set, entry, {
    id: `reconsider:${entry.id}:`,
    body: { what: 'reconsider', subjects, slice: body.slice, id: body.id, version: body.version, after: '' },
  });
}

/** Whoever comes into a segment comes into what uses it. */
function reconsiderUsers(set: WorkingSet, registry: Registry, entry: LoggedEntry, body: Body<'definition'>): void {
  for (const { slice, id, version } of registry.usersOf(body)) {
    const subjects = registry.matcher(slice, id)?.subject;
    if (subjects)
      send(set, entry, {
        id: `reconsider:${entry.id}:${slice}:${id}`,
        body: { what: 'reconsider', subjects, slice, id, version, after: '' },
      });
  }
}

async function tellPast(set: WorkingSet, entry: LoggedEntry, account: string, milestones: readonly string[]): Promise<void> {
  await set.flush();
  const columns = scopeColumns(entry.scope);
  await set.accounts.load([{ id: account, ...columns }]);
  if (!set.accounts.get({ id: account, ...columns }))
    set.accounts.put({ id: account, name: null, firstSeen: entry.at, lastSeen: entry.at, doc: emptyAccountDoc, ...columns });
  const members = await set.tx.list(memberships, { where: { account, ...columns }, orderBy: ['person'] });
  const news: Body<'copy'>[] = [];
  for (let at = 0; at < members.length; at += peopleATime)
    news.push(...(await reachedBy(set, members.slice(at, at + peopleATime), new Set(milestones))));
  for (const each of news.sort((a, b) => a.at - b.at || (a.person < b.person ? -1 : 1)))
    send(set, entry, { id: `copy:${account}:${each.milestone}:${each.person}:${entry.id}`, body: each });
}

/** What these people have reached of the milestones; their documents are not kept: a large account has many. */
async function reachedBy(set: WorkingSet, members: readonly MembershipRow[], milestones: ReadonlySet<string>): Promise<Body<'copy'>[]> {
  const rows = await set.tx.get<PersonRow>(
    people,
    members.map(({ workspace, environment, person }) => ({ workspace, environment, id: person })),
  );
  const account = members[0]?.account ?? '';
  return rows.flatMap(({ id, doc }) =>
    [...milestones].flatMap((milestone) => {
      const at = doc.milestones.at(milestone);
      return at === undefined ? [] : [{ what: 'copy' as const, account, person: id, milestone, at }];
    }),
  );
}
