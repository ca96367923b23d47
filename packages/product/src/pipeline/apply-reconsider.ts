import type { Entry, LoggedEntry } from '../kernel/entry.ts';
import type { Body } from './entry-body.ts';
import { match } from './match.ts';
import { cascade, reach, react, send } from './react.ts';
import { type Registry, scopeColumns } from './registry.ts';
import { exists, milestoneKeys, noteTouched, together, turnFor } from './subject-turn.ts';
import { accounts, people } from './tables.ts';
import type { ResolvedEntry, WorkingSet } from './working-set.ts';

/** Subjects that one `reconsider` entry looks at; the next entry goes on after them. */
export const reconsiderPage = 200;

/** Looks at a page of subjects again for one definition that was published for everyone. */
export async function applyReconsider(
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
  return together(index, resolved);
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
