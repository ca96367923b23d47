import { setTimeout as sleep } from 'node:timers/promises';
import type { Entry } from '../../../kernel/entry.ts';
import type { Json } from '../../../kernel/json.ts';
import { scopeKey } from '../../../kernel/scope.ts';
import { toOutbox } from '../../../pipeline/outbox.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { outbox, readers, seenEntries } from '../../../pipeline/tables.ts';
import { createWokenWork } from '../../../pipeline/woken-work.ts';
import type { Tx } from '../../../ports/db/db.ts';
import type { LogBatch } from '../../../ports/event-log/event-log.ts';
import type { Services } from '../../../ports/http/route.ts';
import type { ErasureResult } from '../contract.ts';
import { doorLife } from './doors.ts';
import { type Erasing, eraseBatch, type Made, readOutcomes } from './erase-log.ts';
import { workContext } from './erase-person.ts';
import { eraseRows, mentionsOf, type PersonTable } from './erase-rows.ts';
import { ClaimLost, claimErasure, erasureLease, noteErasure, sumsOf } from './erasure-claim.ts';
import { type ErasureRow, type ErasureSums, erasures } from './tables.ts';
import type { Trace } from './trace.ts';

export interface ErasureRunnerDeps {
  readonly services: Services;
  /** Every declared table: one that names a person is swept, whoever declared it. */
  readonly tables: readonly PersonTable[];
  readonly report: (error: unknown) => void;
}

/** Works on deletions, one at a time. */
export interface ErasureRunner {
  /** Looks for work now. */
  wake(): void;
  close(): Promise<void>;
}

/** By then every server has closed its door to the ids, and what it had let in is in the log. */
const grace = 2 * doorLife;
const again = 30_000;
const batchesATime = 50;

/**
 * Deletes what was asked for, in an order in which every step may be repeated: a process that died goes on at the
 * next start. First the door is closed everywhere and what was let in is applied; only then is anything removed, so
 * nothing of theirs can come after.
 */
export function createErasureRunner(deps: ErasureRunnerDeps): ErasureRunner {
  const worker = deps.services.id('worker');
  const looking = createWokenWork(async () => {
    for (const waits of await waiting(deps.services)) {
      if (looking.stopped) return;
      const row = await claimErasure(deps.services, worker, waits);
      if (row) await work(deps, row, () => looking.stopped);
    }
  }, deps.report);
  const timer = setInterval(looking.wake, again);
  timer.unref();
  return {
    wake: looking.wake,
    close() {
      clearInterval(timer);
      return looking.stop();
    },
  };
}

type Deps = ErasureRunnerDeps & { closed(): boolean };

class Closed extends Error {}

async function waiting({ db }: Services): Promise<ErasureRow[]> {
  return db.transaction({ as: 'system' }, async (tx) => [
    ...(await tx.list(erasures, { where: { state: 'working' }, orderBy: ['requestedAt'] })),
    ...(await tx.list(erasures, { where: { state: 'closing' }, orderBy: ['requestedAt'] })),
  ]);
}

/** Works on a deletion that is claimed, to its end, a fault that is told, or until the server stops. */
async function work(deps: ErasureRunnerDeps, row: ErasureRow, closed: () => boolean): Promise<void> {
  let lost = false;
  // A step may take longer than the lease.
  const timer = setInterval(() => {
    change(deps.services, row, {}).catch((error: unknown) => {
      lost ||= error instanceof ClaimLost;
    });
  }, erasureLease / 3);
  try {
    await erase({ ...deps, closed: () => closed() || lost }, row);
  } catch (error) {
    if (error instanceof ClaimLost) return;
    const stopped = error instanceof Closed;
    if (!stopped) deps.report(error);
    const told = stopped ? {} : { error: error instanceof Error ? error.message.slice(0, 500) : 'unknown' };
    await change(deps.services, row, { ...told, worker: null, leaseUntil: 0 }).catch((failed: unknown) => {
      if (!(failed instanceof ClaimLost)) deps.report(failed);
    });
  } finally {
    clearInterval(timer);
  }
}

async function change({ db, clock }: Services, row: ErasureRow, part: Partial<ErasureRow>): Promise<void> {
  await db.transaction({ as: 'system' }, (tx) => noteErasure(tx, { row, now: clock.now(), change: () => part }));
}

async function erase(deps: Deps, row: ErasureRow): Promise<void> {
  const { services } = deps;
  if (row.work === null) return;
  const trace = JSON.parse(services.unseal(row.work, workContext(row))) as Trace;
  const scope = scopeColumns(row);
  await until(deps, async () => services.clock.now() >= row.requestedAt + grace);
  await change(services, row, { state: 'working', step: 'applying', error: null });
  await untilApplied(deps, await ends(services));
  await eraseDerived(deps, row, trace);
  await change(services, row, { step: 'log' });
  await eraseLog(deps, row, trace);
  await change(services, row, { step: 'analytics' });
  await services.warehouse.erase(scopeKey(scope), trace.numbers);
  await change(services, row, { step: 'rows' });
  const rows = { db: services.db, sql: services.sql, scope, trace };
  await eraseRows(rows, deps.tables, (tx, removed) =>
    addUp(services, tx, row, (sums) => ({
      failed: sums.failed + removed.failed,
      messages: sums.messages + removed.messages,
    })),
  );
  await finish(services, row, await mentionsOf(rows));
}

async function finish({ db, clock }: Services, row: ErasureRow, mentions: ErasureResult['mentions']): Promise<void> {
  const now = clock.now();
  const done = (known: ErasureRow): Partial<ErasureRow> => {
    const { entries, failed, messages } = sumsOf(known);
    const result: ErasureResult = { entries, failed, messages, mentions };
    const end = { state: 'done', step: 'done', finishedAt: now, work: null, worker: null, leaseUntil: 0, sums: null } as const;
    return { ...end, result: result as unknown as Json };
  };
  await db.transaction({ as: 'system' }, (tx) => noteErasure(tx, { row, now, change: done }));
}

/** Adds to what was removed so far, in the transaction that removes it. */
async function addUp({ clock }: Services, tx: Tx, row: ErasureRow, more: (sums: ErasureSums) => Partial<ErasureSums>): Promise<void> {
  const added = (known: ErasureRow) => ({ sums: { ...sumsOf(known), ...more(sumsOf(known)) } as unknown as Json });
  await noteErasure(tx, { row, now: clock.now(), change: added });
}

/** Looks again and again; a server that stops leaves the rest to its next start. */
async function until({ closed }: Deps, holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) {
    if (closed()) throw new Closed();
    await sleep(50);
  }
}

async function ends({ log }: Services): Promise<number[]> {
  return Promise.all(Array.from({ length: log.partitions }, (_, partition) => log.end(partition)));
}

async function untilApplied(deps: Deps, positions: readonly number[]): Promise<void> {
  const { db, warehouse } = deps.services;
  for (const [partition, end] of positions.entries()) {
    await until(deps, async () => {
      const [reader] = await db.transaction({ as: 'system' }, (tx) => tx.get(readers, [{ reader: 'apply', partition }]));
      return (reader?.position ?? 0) >= end && (await warehouse.position(partition)) >= end;
    });
  }
}

/** Derived rows have one writer, the path: so this too is an entry of the log. */
async function eraseDerived(deps: Deps, row: ErasureRow, trace: Trace): Promise<void> {
  const { db, clock, signal } = deps.services;
  const scope = scopeColumns(row);
  const entry: Entry = { id: `erase:${row.id}`, scope, origin: 'source', depth: 0, body: { what: 'erase', people: trace.people } };
  const applied = async () =>
    (await db.transaction({ as: 'system' }, (tx) => tx.get(seenEntries, [{ id: entry.id, ...scope }]))).length > 0;
  if (await applied()) return;
  await db.transaction({ as: 'request', scope }, (tx) => tx.insertNew(outbox, toOutbox([entry], clock.now())));
  signal.publish('outbox', {});
  await until(deps, applied);
}

async function eraseLog(deps: Deps, row: ErasureRow, trace: Trace): Promise<void> {
  const { services, closed } = deps;
  const positions = await ends(services);
  await untilApplied(deps, positions);
  const total = positions.reduce((sum, end) => sum + end, 0);
  const erasing: Erasing = {
    services,
    scope: scopeColumns(row),
    trace,
    countEntries: (tx, batch, entries) =>
      addUp(services, tx, row, (sums) => (isBehind(sums, batch) ? { ...placeOf(batch), entries: sums.entries + entries } : {})),
  };
  let made: Made = new Set();
  let progress = 0;
  for (const [partition, end] of positions.entries()) {
    for (let after = 0; after < end; ) {
      if (closed()) throw new Closed();
      const batches = await services.log.read(partition, after, batchesATime);
      const last = batches.at(-1);
      if (!last) break;
      const read = await services.db.transaction({ as: 'system' }, (tx) => readOutcomes(tx, batches));
      for (const each of read) made = await eraseBatch(erasing, each, made);
      progress += batches.length;
      after = last.position;
      await change(services, row, { progress, total });
    }
  }
}

/** Whether a batch comes after those that were counted: a retry meets the others again. */
function isBehind(sums: ErasureSums, { partition, position }: LogBatch): boolean {
  return partition > sums.partition || (partition === sums.partition && position > sums.position);
}

function placeOf({ partition, position }: LogBatch): Pick<ErasureSums, 'partition' | 'position'> {
  return { partition, position };
}
