import type { LoggedEntry } from '../kernel/entry.ts';
import type { Json } from '../kernel/json.ts';
import { type Scope, scopeKey } from '../kernel/scope.ts';
import { distinctScopes, ScopeMap } from '../kernel/scope-map.ts';
import type { SliceDomain } from '../kernel/slice.ts';
import { type Subject, subjectKey } from '../kernel/subject.ts';
import type { Db, Tx } from '../ports/db/db.ts';
import { StoreError } from '../ports/db/store-error.ts';
import type { EventLog, LogBatch } from '../ports/event-log/event-log.ts';
import type { Signal } from '../ports/signal/signal.ts';
import { noteDefinition, notePreparation } from './apply-definition.ts';
import { applyEntry } from './apply-entry.ts';
import { noteConflicts } from './conflicts.ts';
import { countReached } from './count-reached.ts';
import type { IdentityMemory } from './identity-memory.ts';
import { toOutbox } from './outbox.ts';
import { loadRegistry, type Registries, type Registry, scopeColumns } from './registry.ts';
import { type Digest, type Ids, insertIds, isEvent } from './seen-ids.ts';
import type { SubjectDoc } from './subject-doc.ts';
import { type AccountRow, deliveries, failed, outbox, type PersonRow, readers, resolutions } from './tables.ts';
import { count, createWorkingSet, lockNames, prefetch, type ResolvedEntry, type WorkingSet } from './working-set.ts';

export interface ApplyDeps {
  readonly db: Db;
  /** One partition is applied in one order, and comes to the same when it is applied again, down to the numbers of people. */
  readonly log: Pick<EventLog, 'read' | 'partitions'>;
  readonly signal: Pick<Signal, 'publish'>;
  readonly domains: readonly SliceDomain[];
  readonly registries: Registries;
  readonly digest: Digest;
  /** Whom ids led to lately; not used where the log has several partitions. */
  readonly remembered: IdentityMemory;
  /** Told of an entry that could not be applied and was set aside. */
  readonly report: (error: unknown, entry: LoggedEntry) => void;
  /** A replay derives again what the log holds already: nothing leaves. */
  readonly mode: 'live' | 'replay';
}

export const applyReader = 'apply';
/** Batches that are read at a time, and entries after which a transaction takes no further batch: more would be memory without speed. */
const batchesATime = 50;
const entriesATime = 3_000;

/** Applies what lies after the reader's position in one partition. False when there was nothing to do. */
export async function applyNext(deps: ApplyDeps, partition: number): Promise<boolean> {
  const position = await deps.db.transaction({ as: 'system' }, (tx) => readPosition(tx, partition));
  const batches = await deps.log.read(partition, position, batchesATime, entriesATime);
  if (batches.length === 0) return false;
  try {
    await applyTogether(deps, batches, undefined);
  } catch (error) {
    if (!speaksOfData(error)) throw error;
    for (const batch of batches) await applyBySelf(deps, batch);
  }
  return true;
}

/** One batch; entry by entry only where it is the one that fails. */
async function applyBySelf(deps: ApplyDeps, batch: LogBatch): Promise<void> {
  try {
    await applyTogether(deps, [batch], undefined);
  } catch (error) {
    if (!speaksOfData(error)) throw error;
    await applyCarefully(deps, batch);
  }
}

/**
 * Whether an error speaks of the data rather than of the store (PostgreSQL's classes 22 and 23, or a bug of
 * ours). A store that is down must not empty the log into quarantine.
 */
function speaksOfData(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof StoreError) return false;
  return !('code' in error && typeof error.code === 'string') || /^2[23]/.test(error.code);
}

/** Finds what spoils a batch: each entry is written by itself, the one that fails is set aside, and the batch starts again. */
async function applyCarefully(deps: ApplyDeps, batch: LogBatch): Promise<void> {
  const aside = new Map<LoggedEntry, unknown>();
  for (;;) {
    const attempt: Careful = { aside, current: undefined };
    try {
      return await applyTogether(deps, [batch], attempt);
    } catch (error) {
      if (!speaksOfData(error) || attempt.current === undefined || aside.has(attempt.current)) throw error;
      aside.set(attempt.current, error);
      deps.report(error, attempt.current);
    }
  }
}

/** How far a careful attempt has come, and which entries it leaves out. */
interface Careful {
  readonly aside: ReadonlyMap<LoggedEntry, unknown>;
  current: LoggedEntry | undefined;
}

async function readPosition(tx: Tx, partition: number): Promise<number> {
  const [row] = await tx.get(readers, [{ reader: applyReader, partition }]);
  return row?.position ?? 0;
}

/** State, effects and position in one transaction; signals after it. */
async function applyTogether(deps: ApplyDeps, batches: readonly LogBatch[], careful: Careful | undefined): Promise<void> {
  const partition = batches[0]?.partition ?? 0;
  const inOneOrder = deps.log.partitions === 1;
  const remembered = inOneOrder ? deps.remembered : undefined;
  const apply = deps.db.transaction({ as: 'system', redoable: inOneOrder }, async (tx) => {
    await tx.lock([`apply:${partition}`]);
    const position = await readPosition(tx, partition);
    // Also when somebody else has done it all: what they changed is not known here.
    remembered?.stand(position);
    const todo = batches.filter((batch) => batch.position > position);
    const working = createWorkingSet(tx);
    if (todo.length === 0) return working;
    const entries = todo.flatMap((batch) => batch.entries);
    // Asked for together: the people are made into documents here while the store inserts the ids.
    const locked = tx.lock(lockNames(entries.map(({ scope }) => scope)));
    const [, , ids] = await Promise.all([locked, prefetch(working, entries, remembered), insertIds(tx, entries, deps.digest)]);
    await countRepeats(working, entries, ids);
    const apply = createApplier(deps, working, await registriesOf(deps, tx, entries));
    for (const batch of todo) {
      await applyBatch(working, batch, { fresh: ids.fresh, apply, careful });
      // Not behind the last one: all that is left is written together with it.
      if (batch !== todo.at(-1)) working.flushAhead();
    }
    await finish(deps, working, todo);
    return working;
  });
  const set = await apply.catch((error: unknown) => {
    // It may have been committed all the same, and then nobody would tell of it: the next attempt finds it done.
    doubtDefinitions(deps, batches);
    remembered?.forget();
    throw error;
  });
  if (remembered) remember(remembered, batches, set);
  announce(deps, set);
}

/** What deleting took away is not in the set, so nothing is remembered then. */
function remember(remembered: IdentityMemory, batches: readonly LogBatch[], set: WorkingSet): void {
  const deleted = batches.some(({ entries }) => entries.some(({ body }) => body.what === 'erase'));
  if (deleted) remembered.forget();
  else remembered.learn(batches.at(-1)?.position ?? 0, set.identities.rows());
}

function doubtDefinitions(deps: ApplyDeps, batches: readonly LogBatch[]): void {
  const published = batches.flatMap(({ entries }) => entries.filter(({ body }) => body.what === 'definition' || body.what === 'prepare'));
  tellOfDefinitions(deps, distinctScopes(published.map(({ scope }) => scope)));
}

/** Whoever keeps the definitions of these environments reads them again. */
function tellOfDefinitions({ signal, registries }: ApplyDeps, scopes: Iterable<Scope>): void {
  for (const scope of scopes) {
    registries.forget(scope);
    signal.publish('definitions', scope);
  }
}

async function countRepeats(set: WorkingSet, entries: readonly LoggedEntry[], ids: Ids): Promise<void> {
  for (const entry of entries) if (isEvent(entry)) count(set, entry.scope, 'acknowledged');
  for (const { entry } of ids.repeats) count(set, entry.scope, 'deduplicated');
  await noteConflicts(set, ids);
}

type Apply = (entry: LoggedEntry, index: number) => ReturnType<typeof applyEntry>;

/** @param registries of every environment that the entries speak of; replaced when a definition is published */
function createApplier(deps: ApplyDeps, set: WorkingSet, registries: ScopeMap<Registry>): Apply {
  const applyWith = (entry: LoggedEntry, index: number) => {
    const registry = registries.get(entry.scope);
    if (!registry) throw new Error(`the registry of ${scopeKey(entry.scope)} was not loaded`);
    const resolved = applyEntry(set, registry, entry, index);
    if (isEvent(entry)) count(set, entry.scope, 'applied');
    return resolved;
  };
  const applyPublished = async (entry: LoggedEntry, index: number) => {
    await set.flush();
    if (entry.body.what === 'definition') await noteDefinition(set, entry, entry.body);
    else if (entry.body.what === 'prepare') await notePreparation(set, entry, entry.body);
    registries.set(entry.scope, await loadRegistry(set.tx, entry.scope, deps.domains));
    return applyWith(entry, index);
  };
  return (entry, index) =>
    entry.body.what === 'definition' || entry.body.what === 'prepare' ? applyPublished(entry, index) : applyWith(entry, index);
}

async function registriesOf(deps: ApplyDeps, tx: Tx, entries: readonly LoggedEntry[]): Promise<ScopeMap<Registry>> {
  const found = new ScopeMap<Registry>();
  for (const scope of distinctScopes(entries.map((entry) => entry.scope))) found.set(scope, await deps.registries.get(tx, scope));
  return found;
}

async function quarantine(set: WorkingSet, entry: LoggedEntry, error: unknown): Promise<void> {
  if (entry.body.what === 'event') count(set, entry.scope, 'quarantined');
  const reason = error instanceof Error ? error.message : String(error);
  await set.tx.insertNew(failed, [
    {
      id: `apply-${entry.id}`,
      stage: 'apply',
      reason: `could_not_apply: ${reason}`.slice(0, 500),
      path: '',
      receivedAt: entry.at,
      body: entry.body as unknown as Json,
      ...scopeColumns(entry.scope),
    },
  ]);
}

interface BatchRun {
  readonly fresh: ReadonlySet<LoggedEntry>;
  readonly apply: Apply;
  readonly careful: Careful | undefined;
}

async function applyBatch(set: WorkingSet, batch: LogBatch, { fresh, apply, careful }: BatchRun): Promise<void> {
  const resolved: ResolvedEntry[] = [];
  for (const [index, entry] of batch.entries.entries()) {
    if (!fresh.has(entry)) continue;
    if (careful?.aside.has(entry)) {
      await quarantine(set, entry, careful.aside.get(entry));
      continue;
    }
    if (careful) careful.current = entry;
    const applied = apply(entry, index);
    const outcome = applied instanceof Promise ? await applied : applied;
    // What the store refuses shows only when it is written: by itself, so that the culprit is known.
    if (careful) await set.flush();
    if (outcome) resolved.push(outcome);
  }
  set.resolutions.push({ partition: batch.partition, position: batch.position, rows: resolved as unknown as Json });
}

/** Writes everything that is pending: rows, wakes, messages, entries on their way, the position. */
async function finish(deps: ApplyDeps, set: WorkingSet, batches: readonly LogBatch[]): Promise<void> {
  const woken = batches.flatMap(({ entries }) => entries.flatMap(({ body }) => (body.what === 'wake' ? subjectKey(body.subject) : [])));
  setWakes(set, new Set(woken));
  await countReached(set);
  const last = batches.at(-1);
  const at = last?.entries.at(-1)?.at ?? 0;
  const writes: Promise<unknown>[] = [set.flush(), set.tx.put(resolutions, set.resolutions)];
  if (deps.mode === 'live') writes.push(...requests(set, at));
  if (last) writes.push(set.tx.put(readers, [{ reader: applyReader, partition: last.partition, position: last.position, at }]));
  await Promise.all(writes);
}

/** What was asked for, to be done after the commit: messages, the first of each key, and entries. */
function requests(set: WorkingSet, at: number): Promise<unknown>[] {
  const writes: Promise<unknown>[] = [];
  if (set.sends.length > 0) writes.push(set.tx.insertNew(deliveries, set.sends));
  if (set.outgoing.length > 0) writes.push(set.tx.insertNew(outbox, toOutbox(set.outgoing, at)));
  return writes;
}

/**
 * One row per subject: the earliest instant, or none. Written where it is another one now, and for subjects that
 * were woken, because waking removes the row.
 */
function setWakes(set: WorkingSet, woken: ReadonlySet<string>): void {
  for (const { before, row } of set.people.changed()) if (row.mergedInto === null) setWake(set, woken, { kind: 'person', before, row });
  for (const { before, row } of set.accounts.changed()) setWake(set, woken, { kind: 'account', before, row });
}

function setWake(
  set: WorkingSet,
  woken: ReadonlySet<string>,
  { kind, before, row }: { kind: Subject['kind']; before: PersonRow | AccountRow | undefined; row: PersonRow | AccountRow },
): void {
  const due = earliest(row.doc);
  const subject = subjectKey({ kind, id: row.id });
  if (due === earliest(before?.doc) && !woken.has(subject)) return;
  const key = { workspace: row.workspace, environment: row.environment, subject };
  if (due === undefined) set.wakes.remove(key);
  else set.wakes.put({ due, ...key });
}

function earliest(doc: SubjectDoc | undefined): number | undefined {
  let due: number | undefined;
  for (const key in doc?.untils) {
    const until = doc.untils[key] ?? Number.POSITIVE_INFINITY;
    if (due === undefined || until < due) due = until;
  }
  return due;
}

function announce(deps: ApplyDeps, set: WorkingSet): void {
  const { signal } = deps;
  tellOfDefinitions(
    deps,
    Array.from(set.signals.definitions.entries(), ({ scope }) => scope),
  );
  if (set.outgoing.length > 0) signal.publish('outbox', {});
  for (const { scope, value } of set.signals.applied.entries()) {
    const { events, people, accounts } = value;
    signal.publish('applied', { events, people: [...people], accounts: [...accounts], ...scope });
  }
  for (const { scope, value: people } of set.signals.manifests.entries()) signal.publish('manifest', { people: [...people], ...scope });
}
