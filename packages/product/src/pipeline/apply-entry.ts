import type { Entry, EntryBody, LoggedEntry } from '../kernel/entry.ts';
import type { Happening } from '../kernel/slice.ts';
import { parseSubjectKey, type Subject } from '../kernel/subject.ts';
import { deliverTraits, loadMembers } from './account-facts.ts';
import { applyEvent, giveKeys } from './apply-event.ts';
import { accountCell, type Cell, personCell } from './cell.ts';
import { match } from './match.ts';
import { cascade, reach, react, send, type Turn, take } from './react.ts';
import { type LiveMatcher, type Registry, scopeColumns } from './registry.ts';
import { emptyAccountDoc } from './subject-doc.ts';
import { type AccountRow, accounts, live, memberships, people, type StandingRow, standings } from './tables.ts';
import { tellAccounts } from './tell.ts';
import type { ResolvedEntry, WorkingSet } from './working-set.ts';

/** Subjects that one `reconsider` entry looks at; the next entry goes on after them. */
export const reconsiderPage = 200;

type Body<What extends EntryBody['what']> = Extract<EntryBody, { what: What }>;

/** Stages 3 to 6 for one entry of any kind. The answer is what the projector needs, if anything. */
export async function applyEntry(
  set: WorkingSet,
  registry: Registry,
  entry: LoggedEntry,
  index: number,
): Promise<ResolvedEntry | undefined> {
  const { body } = entry;
  switch (body.what) {
    case 'event':
      return applyEvent(set, registry, { ...entry, body }, index);
    case 'command':
      return move(set, registry, entry, index, {
        subject: body.subject,
        happening: { kind: 'command', slice: body.slice, name: body.name, actor: body.actor, payload: body.payload },
        keys: [],
      });
    case 'wake':
      return applyWake(set, registry, entry, index, body.subject);
    case 'account_changed':
      return move(set, registry, entry, index, {
        subject: { kind: 'account', id: body.account },
        happening: { kind: 'reconsidered' },
        keys: body.keys,
      });
    case 'copy':
      return applyCopy(set, registry, entry, index, body);
    case 'definition':
      await applyDefinition(set, registry, entry, body);
      return undefined;
    case 'account_facts':
      return applyAccountFacts(set, registry, entry, index, body);
    case 'reconsider':
      return applyReconsider(set, registry, entry, index, body);
  }
}

interface Move {
  readonly subject: Subject;
  readonly happening: Happening;
  readonly keys: readonly string[];
}

function move(set: WorkingSet, registry: Registry, entry: LoggedEntry, index: number, what: Move): ResolvedEntry | undefined {
  if (!exists(set, entry, what.subject)) return undefined;
  const { turn, resolved } = turnFor(set, registry, entry, { index, subject: what.subject });
  noteTouched(turn);
  take(turn, what.happening, what.keys);
  return resolved();
}

/** Time has passed for a subject: rules whose instant has come are asked again, and slices that asked to be woken are. */
function applyWake(set: WorkingSet, registry: Registry, entry: LoggedEntry, index: number, subject: Subject): ResolvedEntry | undefined {
  if (!exists(set, entry, subject)) return undefined;
  const { turn, resolved } = turnFor(set, registry, entry, { index, subject });
  const { untils } = turn.cell.doc();
  const due = Object.keys(untils).filter((key) => (untils[key] ?? Number.POSITIVE_INFINITY) <= entry.at);
  turn.cell.update({ untils: Object.fromEntries(Object.entries(untils).filter(([key]) => !due.includes(key))) });
  noteTouched(turn);
  const parts = due.map((key) => key.split('/', 2) as [string, string]);
  const entered = match(
    turn.cell,
    parts.flatMap(([slice, id]) => registry.matcher(slice, id) ?? []),
    entry.at,
  );
  const happenings = reach(turn, entered);
  const changed = react(
    turn,
    { kind: 'wake' },
    parts.flatMap(([slice, id]) => registry.reactor(slice, id) ?? []),
  );
  cascade(turn, happenings, [...changed, ...milestoneKeys(entered)]);
  return resolved();
}

function milestoneKeys(entered: readonly LiveMatcher[]): string[] {
  return entered.map(({ definition }) => `milestone:${definition.id}`);
}

/** A subject that was merged away or never came is left alone. */
function exists(set: WorkingSet, entry: LoggedEntry, subject: Subject): boolean {
  const key = { ...scopeColumns(entry.scope), id: subject.id };
  if (subject.kind === 'account') return set.accounts.get(key) !== undefined;
  const row = set.people.get(key);
  return row !== undefined && row.mergedInto === null;
}

function turnFor(
  set: WorkingSet,
  registry: Registry,
  entry: LoggedEntry,
  who: { index: number; subject: Subject },
): { turn: Turn; resolved: () => ResolvedEntry | undefined } {
  const { subject, index } = who;
  const cell: Cell = subject.kind === 'person' ? personCell(set, entry.scope, subject.id) : accountCell(set, entry.scope, subject.id);
  const milestones: [string, number][] = [];
  const key = { ...scopeColumns(entry.scope), id: subject.id };
  const reached = (ids: readonly string[]) => {
    if (subject.kind !== 'person') return;
    const keys = giveKeys(set, key, { time: entry.at, count: ids.length });
    for (const [order, milestone] of ids.entries()) {
      milestones.push([milestone, keys[order] ?? 0]);
      tellAccounts(set, registry, entry, { person: subject.id, milestone, at: entry.at });
    }
  };
  const number = subject.kind === 'person' ? set.people.get(key)?.number : undefined;
  return {
    turn: { set, registry, entry, cell, time: entry.at, reached },
    resolved: () => (milestones.length === 0 || number === undefined ? undefined : { i: index, p: number, a: null, m: milestones }),
  };
}

function noteTouched({ set, cell }: Turn): void {
  const key = `${cell.scope.workspace}/${cell.scope.environment}`;
  const note = set.signals.applied.get(key) ?? { scope: cell.scope, events: [], people: new Set(), accounts: new Set() };
  set.signals.applied.set(key, note);
  (cell.subject.kind === 'person' ? note.people : note.accounts).add(cell.subject.id);
  if (cell.subject.kind === 'person')
    set.signals.manifests.set(`${key}/${cell.subject.id}`, { scope: cell.scope, person: cell.subject.id });
}

/** One of the account's people reached a milestone: the account has, too, from its first person on. */
function applyCopy(set: WorkingSet, registry: Registry, entry: LoggedEntry, index: number, body: Body<'copy'>): ResolvedEntry | undefined {
  const key = { ...scopeColumns(entry.scope), id: body.account };
  const row: AccountRow = set.accounts.get(key) ?? { ...key, name: null, firstSeen: body.at, lastSeen: body.at, doc: emptyAccountDoc };
  const before = row.doc.milestones[body.milestone];
  const first = before === undefined ? body.at : Math.min(before, body.at);
  set.accounts.put({ ...row, doc: { ...row.doc, milestones: { ...row.doc.milestones, [body.milestone]: first } } });
  const happening: Happening = { kind: 'member_milestone', milestone: body.milestone, person: body.person, at: body.at };
  return move(set, registry, entry, index, {
    subject: { kind: 'account', id: body.account },
    happening,
    keys: [`milestone:${body.milestone}`],
  });
}

/** Notes which version holds from this position on; the registry is read again after it. */
export async function noteDefinition(set: WorkingSet, entry: LoggedEntry, body: Body<'definition'>): Promise<void> {
  const key = { ...scopeColumns(entry.scope), slice: body.slice, definition: body.id };
  if (body.state === 'killed') await set.tx.remove(live, [key]);
  else await set.tx.put(live, [{ ...key, version: body.version, since: entry.at }]);
  set.signals.definitions.set(`${entry.scope.workspace}/${entry.scope.environment}`, entry.scope);
}

/**
 * The definition of one account (a plan) is told what its people have
 * reached before; one for everybody is looked at again, a page of subjects at a time.
 */
async function applyDefinition(set: WorkingSet, registry: Registry, entry: LoggedEntry, body: Body<'definition'>): Promise<void> {
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
  const subjects = registry.matcher(body.slice, body.id)?.subject ?? reactor?.reactor.subject;
  if (!subjects) return;
  send(set, entry, {
    id: `reconsider:${entry.id}:`,
    body: { what: 'reconsider', subjects, slice: body.slice, id: body.id, version: body.version, after: '' },
  });
}

async function tellPast(set: WorkingSet, entry: LoggedEntry, account: string, milestones: readonly string[]): Promise<void> {
  await set.flush();
  const columns = scopeColumns(entry.scope);
  await set.accounts.load([{ ...columns, id: account }]);
  if (!set.accounts.get({ ...columns, id: account }))
    set.accounts.put({ ...columns, id: account, name: null, firstSeen: entry.at, lastSeen: entry.at, doc: emptyAccountDoc });
  const members = await set.tx.list(memberships, { where: { ...columns, account }, orderBy: ['person'] });
  const keys = members.flatMap(({ person }) =>
    [...new Set(milestones)].map((definition) => ({ ...columns, slice: 'milestones', definition, subject: `person:${person}` })),
  );
  const reachedBefore = await set.tx.get<StandingRow>(standings, keys);
  for (const row of reachedBefore.sort((a, b) => a.at - b.at || (a.subject < b.subject ? -1 : 1))) {
    const news = { account, person: parseSubjectKey(row.subject).id, milestone: row.definition, at: row.at };
    send(set, entry, { id: `copy:${account}:${row.definition}:${news.person}:${entry.id}`, body: { what: 'copy', ...news } });
  }
}

/** An account has changed in what rules of its people ask for. */
async function applyAccountFacts(
  set: WorkingSet,
  registry: Registry,
  entry: LoggedEntry,
  index: number,
  body: Body<'account_facts'>,
): Promise<ResolvedEntry | undefined> {
  const { account, traits, after } = body;
  const page = await loadMembers(set, entry, { account, after, limit: reconsiderPage });
  const resolved = page.flatMap((id) => {
    if (!exists(set, entry, { kind: 'person', id })) return [];
    const handle = set.people.handle({ ...scopeColumns(entry.scope), id });
    const row = handle.get();
    const { doc, changed } = row ? deliverTraits(row.doc, account, traits) : { doc: undefined, changed: [] };
    if (!row || !doc || changed.length === 0) return [];
    handle.put({ ...row, doc });
    const made = turnFor(set, registry, entry, { index, subject: { kind: 'person', id } });
    noteTouched(made.turn);
    cascade(made.turn, [], changed);
    return made.resolved() ?? [];
  });
  const last = page.at(-1);
  if (page.length === reconsiderPage && last !== undefined)
    send(set, { ...entry, depth: 0 }, { id: `${entry.id.split('|', 1)[0]}|${last}`, body: { ...body, after: last } });
  return resolved.length === 0 ? undefined : { i: index, each: resolved };
}

async function applyReconsider(
  set: WorkingSet,
  registry: Registry,
  entry: LoggedEntry,
  index: number,
  body: Body<'reconsider'>,
): Promise<ResolvedEntry | undefined> {
  const matcher = registry.matcher(body.slice, body.id);
  const reactor = registry.reactor(body.slice, body.id);
  // A newer version brings its own look; a killed one none.
  if ((matcher ?? reactor)?.definition.version !== body.version) return undefined;
  await set.flush();
  const page = await nextPage(set, entry, body);
  const resolved: ResolvedEntry[] = [];
  for (const id of page) {
    if (!exists(set, entry, { kind: body.subjects, id })) continue;
    const made = turnFor(set, registry, entry, { index, subject: { kind: body.subjects, id } });
    const changed = reactor ? react(made.turn, { kind: 'reconsidered' }, [reactor]) : [];
    const entered = matcher ? match(made.turn.cell, [matcher], entry.at) : [];
    if (entered.length > 0) noteTouched(made.turn);
    cascade(made.turn, reach(made.turn, entered), [...changed, ...milestoneKeys(entered)]);
    const outcome = made.resolved();
    if (outcome) resolved.push(outcome);
  }
  const last = page.at(-1);
  if (page.length === reconsiderPage && last !== undefined) {
    const next: Entry['body'] = { ...body, after: last };
    // A page is as deep as its first: pages follow each other, they do not cause each other.
    send(
      set,
      { ...entry, depth: 0 },
      { id: `reconsider:${entry.cause ?? entry.id}:${body.slice}:${body.id}:${body.version}:${last}`, body: next },
    );
  }
  return resolved.length === 0 ? undefined : { i: index, each: resolved };
}

async function nextPage(set: WorkingSet, entry: LoggedEntry, body: Body<'reconsider'>): Promise<string[]> {
  const selection = { where: scopeColumns(entry.scope), orderBy: ['id'] as const, after: body.after, limit: reconsiderPage };
  if (body.subjects === 'account') {
    const rows = await set.tx.list(accounts, selection);
    set.accounts.learn(rows);
    return rows.map((row) => row.id);
  }
  const rows = await set.tx.list(people, selection);
  set.people.learn(rows);
  return rows.map((row) => row.id);
}
