import type { Clock } from '../kernel/clock.ts';
import type { Entry, EntryBody } from '../kernel/entry.ts';
import { type Scope, scopeKey } from '../kernel/scope.ts';
import type { Db, Tx } from '../ports/db/db.ts';
import type { Signal } from '../ports/signal/signal.ts';
import type { Warehouse } from '../ports/warehouse/warehouse.ts';
import { countPast } from './count-past.ts';
import { pickTraits } from './describe-account.ts';
import { keyed, type Needs } from './fact-index.ts';
import { toOutbox } from './outbox.ts';
import { pastEvents } from './past-events.ts';
import { nextPeople, stillLeft } from './people-to-count.ts';
import { type PreparationRow, preparations } from './preparation-tables.ts';
import { scopeColumns } from './registry.ts';
import { accounts, outbox, seenEntries } from './tables.ts';

interface PrepareDeps {
  readonly db: Db;
  readonly warehouse: Warehouse;
  readonly signal: Signal;
  readonly clock: Clock;
}

/** Accounts that one step copies, and people of one entry. */
const page = 200;
/** After so many passes the version is published; the few whose events never rest are counted when they do. */
const passesBefore = 6;
const passesAfter = 30;
const betweenPasses = 200;
const betweenRests = 60_000;

/**
 * Brings the past in for versions that are about to be published, a page of subjects at a time: copies of account
 * traits, then counts of people's past events. A pass that finds nobody left publishes. False when there was
 * nothing to do.
 */
export async function prepareNext(deps: PrepareDeps): Promise<boolean> {
  const now = deps.clock.now();
  const [row] = await system(deps.db, (tx) =>
    tx.list<PreparationRow>(preparations, { range: { column: 'due', to: now }, orderBy: ['due', 'definition'], limit: 1 }),
  );
  if (!row) return false;
  const next = await nextStep(deps, row);
  if (!next) return false;
  const done = await system(deps.db, async (tx) => {
    await tx.lock([`${scopeKey(row)}/definition:${row.slice}/${row.definition}`]);
    const [still] = await tx.get<PreparationRow>(preparations, [row]);
    if (still?.version !== row.version || still.phase !== row.phase || still.pass !== row.pass || still.after !== row.after) return false;
    await tx.insertNew(outbox, toOutbox(next.entries, now));
    if (next.row) await tx.put(preparations, [next.row]);
    else await tx.remove(preparations, [row]);
    return true;
  });
  if (done && next.entries.length > 0) deps.signal.publish('outbox', {});
  return done;
}

/** What a step appends, and how the preparation goes on: undefined = it is over. */
interface Next {
  readonly entries: readonly Entry[];
  readonly row: PreparationRow | undefined;
}

async function nextStep(deps: PrepareDeps, row: PreparationRow): Promise<Next | undefined> {
  // What was appended last must hold first: from then on new events are counted.
  if (row.after === '' && !(await isApplied(deps.db, row))) return undefined;
  const needs = row.needs as unknown as Needs;
  if (row.phase === 'waiting') return { entries: [], row: { ...row, phase: needs.accountTraits.length > 0 ? 'accounts' : 'people' } };
  if (row.phase === 'accounts') return copyAccounts(deps, row, new Set(needs.accountTraits));
  if (needs.features.length === 0) return { entries: [publication(row)], row: undefined };
  return countPeople(deps, row, needs);
}

async function isApplied(db: Db, row: PreparationRow): Promise<boolean> {
  const [entry] = await system(db, (tx) => tx.get(seenEntries, [{ id: row.last, ...scopeColumns(row) }]));
  return entry !== undefined;
}

async function copyAccounts(deps: PrepareDeps, row: PreparationRow, names: ReadonlySet<string>): Promise<Next> {
  const rows = await system(deps.db, (tx) =>
    tx.list(accounts, { where: scopeColumns(row), orderBy: ['id'], after: row.after, limit: page }),
  );
  const entries = rows.flatMap(({ id, doc }): Entry[] => {
    const traits = pickTraits(doc, names);
    return traits.length === 0 ? [] : [derived(row, `account:${id}`, { what: 'account_facts', account: id, traits, after: '' })];
  });
  const last = entries.at(-1)?.id ?? row.last;
  const end = rows.length < page;
  return { entries, row: { ...row, last, ...(end ? { phase: 'people', after: '' } : { after: rows.at(-1)?.id ?? '' }) } };
}

async function countPeople(deps: PrepareDeps, row: PreparationRow, needs: Needs): Promise<Next> {
  const features = keyed(needs.features);
  const { looked, left, after } = await system(deps.db, (tx) => nextPeople(tx, row, features));
  const names = [...new Set(needs.features.map(({ name }) => name))];
  const events =
    left.length === 0
      ? []
      : await deps.warehouse.run(pastEvents, { scope: scopeKey(row), people: left.map(({ number }) => number), names });
  const entries = pagesOf(countPast(left, features, events)).map((counted, index) =>
    derived(row, `people:${row.pass}:${row.after}:${index}`, {
      what: 'counted',
      features: features.map(({ key }) => key),
      look: row.phase === 'rest' && row.everyone,
      people: counted,
    }),
  );
  const next = {
    ...row,
    last: entries.at(-1)?.id ?? row.last,
    looked: row.looked + looked,
    missing: row.missing + left.length,
    left: stillLeft(row.left, left),
  };
  return after === undefined ? endPass(next, entries, deps.clock.now()) : { entries, row: { ...next, after } };
}

function pagesOf<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / page) }, (_, index) => items.slice(index * page, (index + 1) * page));
}

/** Everybody who was left was looked at once more. */
function endPass(row: PreparationRow, entries: readonly Entry[], now: number): Next {
  const { left } = row;
  const again = { ...row, after: '', pass: row.pass + 1, looked: left ? row.looked - left.length : 0, missing: 0, among: left, left: [] };
  if (row.phase === 'rest') {
    const over = row.missing === 0 || row.pass >= passesAfter;
    return { entries, row: over ? undefined : { ...again, due: now + betweenRests } };
  }
  if (row.missing === 0) return { entries: [publication(row)], row: undefined };
  if (row.pass < passesBefore) return { entries, row: { ...again, due: now + betweenPasses } };
  return { entries: [...entries, publication(row)], row: { ...again, phase: 'rest', due: now + betweenRests } };
}

function publication(row: PreparationRow): Entry {
  const { slice, definition: id, version, everyone: backfill } = row;
  return {
    id: row.entry,
    scope: scopeOf(row),
    origin: 'source',
    depth: 0,
    body: { what: 'definition', slice, id, version, state: 'published', backfill },
  };
}

function derived(row: PreparationRow, what: string, body: EntryBody): Entry {
  return { id: `${row.slice}:${row.definition}:${row.version}:${what}`, scope: scopeOf(row), origin: 'derived', depth: 0, body };
}

function scopeOf({ workspace, environment }: PreparationRow): Scope {
  return { workspace, environment };
}

function system<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction({ as: 'system' }, work);
}
