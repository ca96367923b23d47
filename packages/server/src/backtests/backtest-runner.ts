import type { Json } from '@gangway/product/kernel/json.ts';
import type { Scope } from '@gangway/product/kernel/scope.ts';
import type { Definition } from '@gangway/product/kernel/slice.ts';
import { parseSubjectKey } from '@gangway/product/kernel/subject.ts';
import type { BacktestInput } from '@gangway/product/pipeline/backtest/run-backtest.ts';
import type { BacktestFindings } from '@gangway/product/pipeline/backtest/summary.ts';
import { claimRow } from '@gangway/product/pipeline/claim-row.ts';
import { scopeColumns } from '@gangway/product/pipeline/registry.ts';
import { versions } from '@gangway/product/pipeline/tables.ts';
import { createWokenWork } from '@gangway/product/pipeline/woken-work.ts';
import type { Tx } from '@gangway/product/ports/db/db.ts';
import type { Services } from '@gangway/product/ports/http/route.ts';
import type { BacktestEngine } from './backtest-engine.ts';
import { withoutNames } from './backtest-store.ts';
import { type BacktestRow, backtestResults, backtests } from './tables.ts';

export interface BacktestRunnerDeps {
  readonly services: Services;
  readonly engine: BacktestEngine;
  readonly report: (error: unknown) => void;
}

/** Works on backtests: one at a time in this process, and one at a time in a workspace wherever they run. */
export interface BacktestRunner {
  /** Looks for work now: after a start of the server, after a command. */
  wake(): void;
  /** Stops what runs; it begins again at the next start. */
  close(): Promise<void>;
}

const lease = 30_000;
/** How often a run notes how far it is, and looks whether it was cancelled. */
const noteEvery = 500;
const keptFor = 30 * 86_400_000;

export function createBacktestRunner(deps: BacktestRunnerDeps): BacktestRunner {
  const worker = deps.services.id('worker');
  const closing = new AbortController();
  const work = createWokenWork(async () => {
    await forgetOld(deps);
    for (let row = await claim(deps, worker); row && !work.stopped; row = await claim(deps, worker)) await run(deps, row, closing.signal);
  }, deps.report);
  // The lease of a process that died runs out some time after this one has started.
  const timer = setInterval(work.wake, lease);
  timer.unref();
  return {
    wake: work.wake,
    close() {
      closing.abort(new Error('the server stops'));
      clearInterval(timer);
      return work.stop();
    },
  };
}

/** Takes the oldest that waits, in a workspace where none runs. */
async function claim({ services: { db, clock } }: BacktestRunnerDeps, worker: string): Promise<BacktestRow | undefined> {
  for (;;) {
    const taken = await db.transaction({ as: 'system' }, async (tx) => {
      await tx.lock(['backtests']);
      const now = clock.now();
      const next = await oldestFree(tx, { worker, now });
      if (!next) return 'none';
      const change = { state: 'running', startedAt: now, done: 0 } as const;
      return claimRow(tx, backtests, next, { worker, now, lease, lock: `backtest:${next.id}`, change });
    });
    // Who cancels or ends one locks that one, not the queue: it was free when it was read and is not now.
    if (taken) return taken === 'none' ? undefined : taken;
  }
}

async function oldestFree(tx: Tx, { worker, now }: { worker: string; now: number }): Promise<BacktestRow | undefined> {
  const running = await tx.list(backtests, { where: { state: 'running' }, orderBy: ['createdAt'] });
  const alive = running.filter((row) => row.worker !== worker && row.leaseUntil > now);
  const busy = new Set(alive.map((row) => row.workspace));
  const queued = await tx.list(backtests, { where: { state: 'queued' }, orderBy: ['createdAt'], limit: 100 });
  return [...running.filter((row) => !alive.includes(row)), ...queued].find((row) => !busy.has(row.workspace));
}

async function run(deps: BacktestRunnerDeps, row: BacktestRow, closing: AbortSignal): Promise<void> {
  const stop = new AbortController();
  const halt = () => stop.abort(closing.reason);
  closing.addEventListener('abort', halt, { once: true });
  const how = { done: 0, of: row.of };
  const timer = setInterval(() => {
    keep(deps, row, how).then((wanted) => {
      if (!wanted) stop.abort(new Error('it was cancelled'));
    }, deps.report);
  }, noteEvery);
  try {
    const progress = ({ done, of }: { done: number; of: number }) => Object.assign(how, { done, of });
    const found = await deps.engine.run(await inputOf(deps, row), { progress, signal: stop.signal });
    await settle(deps, row, { state: 'done', error: null, done: how.of, of: how.of }, found);
  } catch (error) {
    if (closing.aborted) return;
    if (!stop.signal.aborted) deps.report(error);
    const told = error instanceof Error ? error.message : String(error);
    await settle(deps, row, { state: 'failed', error: told.slice(0, 500), ...how });
  } finally {
    clearInterval(timer);
    closing.removeEventListener('abort', halt);
  }
}

async function inputOf({ services: { db } }: BacktestRunnerDeps, row: BacktestRow): Promise<BacktestInput> {
  const scope: Scope = { workspace: row.workspace, environment: row.environment };
  const published = await db.transaction({ as: 'request', scope }, (tx) =>
    tx.list(versions, { where: scopeColumns(scope), orderBy: ['slice', 'definition', 'version'] }),
  );
  return {
    ...{ scope, from: row.from, until: row.until, zone: row.zone },
    trial: {
      ...{ slice: row.slice, id: row.definition, draft: row.draft },
      ...(row.publishedVersion === null ? {} : { published: row.published }),
    },
    versions: published.map(
      ({ slice, definition, version, body, only }): Definition => ({
        ...{ slice, id: definition, version, body },
        ...(only === null ? {} : { only: parseSubjectKey(only) }),
      }),
    ),
  };
}

/** Notes how far it is and keeps the lease. False when it is not ours to run any more. */
async function keep(
  { services: { db, clock } }: BacktestRunnerDeps,
  row: BacktestRow,
  how: { done: number; of: number },
): Promise<boolean> {
  return db.transaction({ as: 'system' }, async (tx) => {
    await tx.lock([`backtest:${row.id}`]);
    const [known] = await tx.get(backtests, [row]);
    if (known?.state !== 'running' || known.worker !== row.worker) return false;
    await tx.put(backtests, [{ ...known, ...how, leaseUntil: clock.now() + lease }]);
    return true;
  });
}

/** Ends a run, unless somebody has cancelled it. */
async function settle(
  { services: { db, clock } }: BacktestRunnerDeps,
  row: BacktestRow,
  end: Pick<BacktestRow, 'state' | 'error' | 'done' | 'of'>,
  found?: BacktestFindings,
): Promise<void> {
  await db.transaction({ as: 'system' }, async (tx) => {
    await tx.lock([`backtest:${row.id}`]);
    const [known] = await tx.get(backtests, [row]);
    if (known?.state !== 'running' || known.worker !== row.worker) return;
    await tx.put(backtests, [{ ...known, ...end, worker: null, finishedAt: clock.now() }]);
    if (!found) return;
    const { listed, ...findings } = found;
    const key = { workspace: row.workspace, environment: row.environment, id: row.id };
    const kept = await withoutNames(tx, { workspace: row.workspace, environment: row.environment }, listed);
    await tx.put(backtestResults, [{ ...key, findings: findings as unknown as Json, listed: kept as unknown as Json }]);
  });
}

async function forgetOld({ services: { db, clock } }: BacktestRunnerDeps): Promise<void> {
  await db.transaction({ as: 'system' }, async (tx) => {
    const old = await tx.list(backtests, { range: { column: 'createdAt', to: clock.now() - keptFor }, limit: 200 });
    const ended = old.filter(({ state }) => state !== 'queued' && state !== 'running');
    await tx.remove(backtestResults, ended);
    await tx.remove(backtests, ended);
  });
}
