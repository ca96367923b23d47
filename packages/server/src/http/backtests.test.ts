import { setTimeout as sleep } from 'node:timers/promises';
import type { Db, Tx } from '@gangway/product/ports/db/db.ts';
import type { BacktestAnswer, BacktestSubjectsAnswer } from '@gangway/product/wire/backtest.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BacktestEngine } from '../backtests/backtest-engine.ts';
import { createBacktestRunner } from '../backtests/backtest-runner.ts';
import { type BacktestRow, backtests } from '../backtests/tables.ts';
import { createThreadEngine } from '../backtests/thread-engine.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic } from '../testing/test-caller.ts';
import { did, milestoneOf, playbookOf, publishBody, tourOf } from '../testing/test-content.ts';

type Answer = BacktestAnswer & { code?: string };
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await publishBody(server, { slice: 'milestones', id: 'board' }, milestoneOf(did('Board Created'), { name: 'First board' }));
  const track = (userId: string, event: string) => ({ type: 'track', userId, event, properties: {} });
  const batch = [track('ada', 'Board Created'), track('ada', 'Card Added'), track('bob', 'Card Added'), track('cy', 'Board Created')];
  await server.as(undefined).post('/v1/batch', { batch }, basic(server.environment.writeKey));
  await server.settle();
});
afterAll(() => server.stop());

const base = () => `/api/e/${server.environment.id}`;
const ask = (slice: string, id: string, body: unknown, more: object = {}) =>
  server.owner.post<Answer>(`${base()}/definitions/${slice}/${id}/backtests`, { body, ...more });
const read = (id: string) => server.owner.get<Answer>(`${base()}/backtests/${id}`);

async function ended(id: string): Promise<Answer> {
  for (let attempt = 0; attempt < 1000; attempt++) {
    const { body } = await read(id);
    if (!['queued', 'running'].includes(body.state)) return body;
    await sleep(10);
  }
  throw new Error('the backtest does not end');
}

describe('a backtest', () => {
  it('compares a draft that was never saved with what holds now, and names the people as screens know them', async () => {
    const asked = await ask('milestones', 'board', milestoneOf(did('Card Added'), { name: 'First card' }));
    expect([asked.status, asked.body.name, asked.body.publishedVersion]).toEqual([200, 'First card', 1]);
    const answer = await ended(asked.body.id);
    expect(answer).toMatchObject({ state: 'done', error: null, zone: 'UTC', until: answer.createdAt });
    expect(answer.from).toBe(answer.until - 90 * 86_400_000);
    expect(answer.findings).toMatchObject({
      changes: { gained: 1, lost: 1, same: 1 },
      draft: { subjects: { low: 2, high: 2 }, times: 2 },
      published: { subjects: { low: 2, high: 2 } },
      ...{ kind: 'person', known: 3, events: 4, late: 0, failed: 0, pagesMissing: false },
    });
    const { body } = await server.owner.get<BacktestSubjectsAnswer>(`${base()}/backtests/${answer.id}/subjects`);
    expect(body.total).toBe(3);
    for (const { id, label, change } of body.subjects) {
      const person = await server.owner.get<{ userId: string }>(`${base()}/people/${id}`);
      expect([label, change]).toEqual([person.body.userId, { ada: 'same', bob: 'gained', cy: 'lost' }[label]]);
    }
    const list = await server.owner.get<{ backtests: Answer[] }>(`${base()}/definitions/milestones/board/backtests`);
    expect(list.body.backtests.map(({ id }) => id)).toEqual([answer.id]);
  });

  it('changes nothing that is recorded', async () => {
    const digest = async () =>
      (
        await server.database.pool.query(
          `select (select md5(string_agg(p::text, '' order by id)) from people p) as people,
                  (select md5(string_agg(s::text, '' order by definition, subject)) from standings s) as standings,
                  (select md5(string_agg(c::text, '' order by name)) from counters c) as counters,
                  (select count(*)::int from event_log) as log, (select count(*)::int from outbox) as outbox`,
        )
      ).rows[0];
    const before = await digest();
    await ended((await ask('guides', 'tour', tourOf(did('Card Added')))).body.id);
    expect(await digest()).toEqual(before);
  });

  it('of a body that does not pass, or concerns nobody by a rule, or of an unknown kind is refused', async () => {
    expect((await ask('milestones', 'board', { name: '' })).body.code).toBe('invalid_body');
    expect((await ask('playbooks', 'book', playbookOf('board'))).body.code).toBe('no_audience');
    expect((await ask('plans', 'x', {})).status).toBe(404);
    expect((await ask('guides', 'tour', tourOf(did('A')), { days: 0 })).status).toBe(400);
    expect((await read('nothing')).status).toBe(404);
  });
});

describe('in a thread of its own', () => {
  it('gives the same findings', async () => {
    const here = await ended((await ask('segments', 's', { name: 'S', description: '', rule: did('Card Added') })).body.id);
    const trial = { slice: 'segments', id: 's', draft: { name: 'S', description: '', rule: did('Card Added') } } as const;
    const { listed, ...findings } = await createThreadEngine({ databaseUrl: server.database.url }).run(
      { scope: server.scope, trial: trial as never, versions: [], from: here.from, until: here.until, zone: 'UTC' },
      { progress: () => undefined, signal: new AbortController().signal },
    );
    expect(findings).toEqual(here.findings);
    expect(listed.map(({ id }) => id)).toEqual(['ada', 'bob']);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    const run = createThreadEngine({ databaseUrl: server.database.url }).run(
      { scope: server.scope, trial: { slice: 'segments', id: 's', draft: {} }, versions: [], from: 0, until: 1, zone: 'UTC' },
      { progress: () => undefined, signal: stop.signal },
    );
    await expect(run).rejects.toThrow('stopped');
  });
});

describe('the queue', () => {
  /** An engine that runs until it is told how to end. */
  function held() {
    const started: string[] = [];
    let end: (error?: Error) => void = () => undefined;
    const engine: BacktestEngine = {
      run: (input, { signal }) =>
        new Promise((_, reject) => {
          started.push(input.trial.id);
          end = (error = new Error('the log cannot be read')) => reject(error);
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    };
    return { started, engine, end: () => end() };
  }

  /** A database in which something happens when backtests were listed, before whoever listed them goes on. */
  function afterListing(db: Db, happens: (ids: readonly string[]) => unknown): Db {
    const listing = (tx: Tx): Tx => ({
      lock: (names) => tx.lock(names),
      get: (table, keys) => tx.get(table, keys),
      put: (table, rows) => tx.put(table, rows),
      insertNew: (table, rows) => tx.insertNew(table, rows),
      remove: (table, keys) => tx.remove(table, keys),
      removeListed: (table, selection) => tx.removeListed(table, selection),
      list: async (table, selection) => {
        const rows = await tx.list(table, selection);
        if (table.name === backtests.name) await happens(rows.map((row) => (row as unknown as BacktestRow).id));
        return rows;
      },
    });
    return { ...db, transaction: (access, work) => db.transaction(access, (tx) => work(listing(tx))) };
  }

  /** As it is written before a runner is told. */
  const queuedRow = (id: string, order: number): BacktestRow => ({
    ...{ workspace: server.scope.workspace, environment: server.scope.environment, id, slice: 'guides', definition: id, name: id },
    ...{ state: 'queued', draft: {}, published: null, publishedVersion: null, from: 0, until: 1, zone: 'UTC', done: 0, of: 0 },
    ...{
      error: null,
      createdAt: server.clock.now() + order,
      createdBy: 'o',
      startedAt: null,
      finishedAt: null,
      worker: null,
      leaseUntil: 0,
    },
  });

  it('runs one at a time, stops one that is cancelled, tells one that fails, and takes up what a dead process left', async () => {
    const { engine, started, end } = held();
    const rows = ['one', 'two', 'three'].map((id, index) => queuedRow(id, index));
    const [first] = rows;
    if (!first) throw new Error('no row');
    const left: BacktestRow = { ...first, state: 'running', worker: 'somebody dead' };
    await server.services.db.transaction({ as: 'system' }, (tx) => tx.put(backtests, [left, ...rows.slice(1)]));
    const runner = createBacktestRunner({ services: server.services, engine, report: () => undefined });
    const until = async (holds: () => Promise<boolean> | boolean) => {
      for (let attempt = 0; attempt < 500 && !(await holds()); attempt++) await sleep(20);
      expect(await holds()).toBe(true);
    };
    const stateOf = async (id: string) => (await read(id)).body.state;
    runner.wake();
    await until(() => started.length === 1);
    expect([started, await stateOf('two')]).toEqual([['one'], 'queued']);
    await server.owner.post(`${base()}/backtests/one/cancel`);
    await until(() => started.length === 2);
    expect(await stateOf('one')).toBe('cancelled');
    end();
    await until(async () => (await stateOf('two')) === 'failed');
    expect((await read('two')).body.error).toBe('the log cannot be read');
    await until(() => started.length === 3);
    await runner.close();
    // Stopped with the server: it begins again at the next start.
    expect(await stateOf('three')).toBe('running');
    await server.owner.post(`${base()}/backtests/three/cancel`);
  });

  it('does not begin one that is cancelled at the moment it is taken', async () => {
    const { engine, started, end } = held();
    const cancelled = queuedRow('cancelled', 0);
    await server.services.db.transaction({ as: 'system' }, (tx) => tx.put(backtests, [cancelled, queuedRow('next', 1)]));
    // Somebody cancels when the queue was read and nothing is written yet.
    const cancel = () => server.owner.post(`${base()}/backtests/cancelled/cancel`);
    const db = afterListing(server.services.db, (ids) => (ids.includes('cancelled') ? cancel() : undefined));
    const runner = createBacktestRunner({ services: { ...server.services, db }, engine, report: () => undefined });
    runner.wake();
    for (let attempt = 0; attempt < 500 && started.length === 0; attempt++) await sleep(20);
    expect([started, (await read('cancelled')).body.state]).toEqual([['next'], 'cancelled']);
    end();
    await runner.close();
  });

  it('takes no more than so many', async () => {
    const key = { workspace: server.scope.workspace, environment: server.scope.environment };
    await server.database.pool.query(
      `insert into backtests (workspace, environment, id, state, created_at, lease_until, worker)
       select $1, $2, 'held-' || n, case n when 0 then 'running' else 'queued' end, now(), now() + interval '1 day', 'other' from generate_series(0, 20) n`,
      [key.workspace, key.environment],
    );
    const refused = await ask('guides', 'tour', tourOf(did('A')));
    expect([refused.status, refused.body.code]).toEqual([429, 'queue_full']);
    await server.database.pool.query(`delete from backtests where id like 'held-%'`);
  });
});
