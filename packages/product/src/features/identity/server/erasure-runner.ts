import { setTimeout as sleep } from 'node:timers/promises';
import type { Entry } from '../../../kernel/entry.ts';
import type { Json } from '../../../kernel/json.ts';
import { type Scope, scopeKey } from '../../../kernel/scope.ts';
import { toOutbox } from '../../../pipeline/outbox.ts';
import { outbox, readers, seen } from '../../../pipeline/tables.ts';
import type { Services } from '../../../ports/http/route.ts';
import type { ErasureResult } from '../contract.ts';
import { doorLife } from './doors.ts';
import { eraseBatch } from './erase-log.ts';
import { workContext } from './erase-person.ts';
import { eraseRows, mentionsOf, type PersonTable } from './erase-rows.ts';
import { type ErasureRow, erasures } from './tables.ts';
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
  const state: { closed: boolean; work: Promise<void> | undefined } = { closed: false, work: undefined };
  const loop = async () => {
    for (const row of await waiting(deps.services)) {
      if (state.closed) return;
      await erase({ ...deps, closed: () => state.closed }, row).catch((error: unknown) => failed(deps, row, error));
    }
  };
  const wake = () => {
    if (state.closed || state.work) return;
    state.work = loop()
      .catch(deps.report)
      .finally(() => {
        state.work = undefined;
      });
  };
  const timer = setInterval(wake, again);
  timer.unref();
  return {
    wake,
    close: async () => {
      state.closed = true;
      clearInterval(timer);
      await state.work;
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

async function failed({ services, report }: ErasureRunnerDeps, row: ErasureRow, error: unknown): Promise<void> {
  if (error instanceof Closed) return;
  report(error);
  await change(services, row, { error: error instanceof Error ? error.message.slice(0, 500) : 'unknown' });
}

async function change({ db }: Services, row: ErasureRow, part: Partial<ErasureRow>): Promise<void> {
  await db.transaction({ as: 'system' }, async (tx) => {
    const [known] = await tx.get(erasures, [row]);
    if (known && known.state !== 'done') await tx.put(erasures, [{ ...known, ...part }]);
  });
}

async function erase(deps: Deps, row: ErasureRow): Promise<void> {
  const { services } = deps;
  if (row.work === null) return;
  const trace = JSON.parse(services.unseal(row.work, workContext(row))) as Trace;
  const scope: Scope = { workspace: row.workspace, environment: row.environment };
  await until(deps, async () => services.clock.now() >= row.requestedAt + grace);
  await change(services, row, { state: 'working', step: 'applying', error: null });
  await untilApplied(deps, await ends(services));
  await eraseDerived(deps, row, trace);
  await change(services, row, { step: 'log' });
  const entries = await eraseLog(deps, row, trace);
  await change(services, row, { step: 'analytics' });
  await services.warehouse.erase(scopeKey(scope), trace.numbers);
  await change(services, row, { step: 'rows' });
  const rows = { db: services.db, sql: services.sql, scope, trace };
  const result: ErasureResult = { entries, ...(await eraseRows(rows, deps.tables)), mentions: await mentionsOf(rows) };
  const finishedAt = services.clock.now();
  await change(services, row, { state: 'done', step: 'done', finishedAt, work: null, result: result as unknown as Json });
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
  const scope: Scope = { workspace: row.workspace, environment: row.environment };
  const entry: Entry = { id: `erase:${row.id}`, scope, origin: 'source', depth: 0, body: { what: 'erase', people: trace.people } };
  const applied = async () => (await db.transaction({ as: 'system' }, (tx) => tx.get(seen, [{ ...scope, id: entry.id }]))).length > 0;
  if (await applied()) return;
  await db.transaction({ as: 'request', scope }, (tx) => tx.insertNew(outbox, toOutbox([entry], clock.now())));
  signal.publish('outbox', {});
  await until(deps, applied);
}

async function eraseLog(deps: Deps, row: ErasureRow, trace: Trace): Promise<number> {
  const { services, closed } = deps;
  const scope: Scope = { workspace: row.workspace, environment: row.environment };
  const positions = await ends(services);
  await untilApplied(deps, positions);
  const total = positions.reduce((sum, end) => sum + end, 0);
  const made = new Set<number>();
  let [entries, progress] = [0, 0];
  for (const [partition, end] of positions.entries()) {
    for (let after = 0; after < end; ) {
      if (closed()) throw new Closed();
      const batches = await services.log.read(partition, after, batchesATime);
      for (const batch of batches) entries += await eraseBatch({ services, scope, trace }, batch, made);
      const last = batches.at(-1);
      if (!last) break;
      progress += batches.length;
      after = last.position;
      await change(services, row, { progress, total });
    }
  }
  return entries;
}
