import { findWorkspace } from '@gangway/product/features/workspace/server/reader.ts';
import { Problem } from '@gangway/product/kernel/problem.ts';
import type { SliceDomain } from '@gangway/product/kernel/slice.ts';
import { prepareCandidates } from '@gangway/product/pipeline/backtest/candidate.ts';
import { scopeColumns } from '@gangway/product/pipeline/registry.ts';
import { live, versions } from '@gangway/product/pipeline/tables.ts';
import type { Tx } from '@gangway/product/ports/db/db.ts';
import { emailOf, type Route, route } from '@gangway/product/ports/http/route.ts';
import { backtestAnswer, backtestRequest, backtestSubjectsAnswer, backtestsAnswer } from '@gangway/product/wire/backtest.ts';
import { cancelBacktest, readBacktest, readSubjects, toWire } from '../backtests/backtest-store.ts';
import { type BacktestRow, backtests } from '../backtests/tables.ts';
import { checkBody, sliceOf } from './definition-routes.ts';

const day = 86_400_000;
/** Of one workspace; each run reads the whole log. */
const longestQueue = 20;

/**
 * Drafts tried over what happened, before they are published.
 * @param wake tells the runner that there is work
 */
export function backtestRoutes(domains: readonly SliceDomain[], wake: () => void): Route[] {
  return [startRoute(domains, wake), listRoute, oneRoute, subjectsRoute, cancelRoute];
}

function startRoute(domains: readonly SliceDomain[], wake: () => void): Route {
  return route({
    method: 'POST',
    path: '/api/e/:environment/definitions/:slice/:id/backtests',
    access: 'owner',
    body: backtestRequest,
    answer: backtestAnswer,
    handle: async ({ scope, params, body, caller }, { db, clock, id }) => {
      const { slice, schema } = sliceOf({ params });
      const definition = params.id ?? '';
      const draft = checkBody(schema, body.body);
      if (!prepareCandidates({ slice, id: definition, draft }, domains))
        throw new Problem('no_audience', 400, 'This has no rule that could be tried over what happened.');
      const now = clock.now();
      const zone = (await findWorkspace(db, scope.workspace))?.timezone ?? 'UTC';
      const row = await db.transaction({ as: 'request', scope }, async (tx): Promise<BacktestRow> => {
        await tx.lock([`backtests:${scope.workspace}`]);
        await refuseLongQueue(tx, scope.workspace);
        const published = await publishedNow(tx, { slice, definition, ...scopeColumns(scope) });
        const fresh: BacktestRow = {
          ...{ id: id('bt'), slice, definition, name: nameOf(draft, definition), state: 'queued', draft, ...scopeColumns(scope) },
          ...{ published: published?.body ?? null, publishedVersion: published?.version ?? null },
          ...{ from: now - body.days * day, until: now, zone, done: 0, of: 0, error: null },
          ...{ createdAt: now, createdBy: emailOf(caller), startedAt: null, finishedAt: null, worker: null, leaseUntil: 0 },
        };
        await tx.put(backtests, [fresh]);
        return fresh;
      });
      wake();
      return { ...toWire(row), findings: null };
    },
  });
}

const listRoute = route({
  method: 'GET',
  path: '/api/e/:environment/definitions/:slice/:id/backtests',
  access: 'owner',
  answer: backtestsAnswer,
  handle: async ({ scope, params }, { db }) => {
    const where = { slice: params.slice ?? '', definition: params.id ?? '', ...scopeColumns(scope) };
    const rows = await db.transaction({ as: 'request', scope }, (tx) =>
      tx.list(backtests, { where, orderBy: ['createdAt'], descending: true, limit: 20 }),
    );
    return { backtests: rows.map(toWire) };
  },
});

const oneRoute = route({
  method: 'GET',
  path: '/api/e/:environment/backtests/:id',
  access: 'owner',
  answer: backtestAnswer,
  handle: ({ scope, params }, { db }) => readBacktest(db, scope, params.id ?? ''),
});

const subjectsRoute = route({
  method: 'GET',
  path: '/api/e/:environment/backtests/:id/subjects',
  access: 'owner',
  answer: backtestSubjectsAnswer,
  handle: ({ scope, params }, services) => readSubjects(services, scope, params.id ?? ''),
});

const cancelRoute = route({
  method: 'POST',
  path: '/api/e/:environment/backtests/:id/cancel',
  access: 'owner',
  answer: backtestAnswer,
  handle: ({ scope, params }, { db, clock }) => cancelBacktest(db, scope, { id: params.id ?? '', now: clock.now() }),
});

async function refuseLongQueue(tx: Tx, workspace: string): Promise<void> {
  const queued = await tx.list(backtests, { where: { workspace, state: 'queued' }, limit: longestQueue });
  if (queued.length >= longestQueue)
    throw new Problem('queue_full', 429, `${longestQueue} backtests wait already. Stop some, or wait until they are done.`);
}

async function publishedNow(tx: Tx, key: { workspace: string; environment: string; slice: string; definition: string }) {
  const [holds] = await tx.get(live, [key]);
  const [version] = holds ? await tx.get(versions, [{ ...key, version: holds.version }]) : [];
  return version;
}

function nameOf(body: unknown, id: string): string {
  const { name } = body as { readonly name?: unknown };
  return typeof name === 'string' && name !== '' ? name : id;
}
