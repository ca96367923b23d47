import type { Worker } from 'node:worker_threads';
import type { Json } from '@gangway/product/kernel/json.ts';
import { publish, saveDraft } from '@gangway/product/pipeline/definitions.ts';
import { createPath, type Path } from '@gangway/product/pipeline/path.ts';
import { failed, people } from '@gangway/product/pipeline/tables.ts';
import { createMemoryCourier } from '@gangway/product/ports/courier/memory-courier.ts';
import type { Db } from '@gangway/product/ports/db/db.ts';
import { createMemoryFiles } from '@gangway/product/ports/files/memory-files.ts';
import { createMemorySignal } from '@gangway/product/ports/signal/memory-signal.ts';
import type { Signal } from '@gangway/product/ports/signal/signal.ts';
import { createMemoryWarehouse } from '@gangway/product/ports/warehouse/memory-warehouse.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPostgresDb } from '../adapters/postgres/postgres-db.ts';
import { createPostgresEventLog } from '../adapters/postgres/postgres-event-log.ts';
import { domains } from '../domains.ts';
import { sha256 } from '../sha256.ts';
import { did, milestoneOf } from '../testing/test-content.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { applyInThread } from './apply-thread.ts';
import type { Loop } from './loop.ts';

const scope = { workspace: 'w', environment: 'e' };
const clock = { now: () => Date.parse('2026-11-22T12:00:00Z') };
const reports: string[] = [];
let database: TestDatabase;
let db: Db;
let signal: Signal;
let path: Path;
let loop: Loop;
let told = 0;

const threads: Worker[] = [];
const start = (report: (error: unknown, what: string) => void = () => undefined) =>
  applyInThread({
    ...{ store: { databaseUrl: database.url }, signal, report },
    started: (thread) => threads.push(thread),
  })(0, () => told++);

beforeAll(async () => {
  database = await createTestDatabase();
  db = createPostgresDb(database.pool);
  signal = createMemorySignal();
  const log = createPostgresEventLog(database.pool, { clock });
  const twins = { warehouse: createMemoryWarehouse(), courier: createMemoryCourier(), files: createMemoryFiles() };
  path = createPath({
    ports: { db, log, signal, ...twins },
    domains,
    clock,
    digest: sha256,
    report: (error) => expect.unreachable(String(error)),
  });
  const report = (error: unknown, what: string) => void reports.push(`${what}: ${error instanceof Error ? error.message : error}`);
  signal.subscribe('log', () => loop.kick());
  signal.subscribe('outbox', () => void path.relay());
  loop = start(report);
});
afterAll(async () => {
  await loop.stop();
  await database.drop();
});

const send = (...ids: string[]) => {
  const batch = ids.map((messageId) => ({ type: 'track', event: 'Board Created', userId: `u-${messageId}`, messageId }));
  return path.offer(scope, { body: { batch }, context: { receivedAt: clock.now(), key: 'secret', requestId: ids.join() } });
};
const known = async () =>
  (await db.transaction({ as: 'system' }, (tx) => tx.list(people, { where: scope, orderBy: ['number'] }))).map(({ userId }) => userId);

it('applies what is appended, and what it says arrives where the requests are', async () => {
  const heard: string[] = [];
  signal.subscribe('applied', ({ events, people: whom }) => heard.push(`applied ${events.length} of ${whom.join()}`));
  signal.subscribe('manifest', ({ people: whom }) => heard.push(`manifests of ${whom.join()}`));
  await send('one', 'two');
  await expect.poll(known).toEqual(['u-one', 'u-two']);
  await expect.poll(() => heard).toEqual(['applied 2 of p_1,p_2', 'manifests of p_1,p_2']);
  expect(told).toBeGreaterThan(0);
});

it('knows a version as soon as it is published, and tells those who keep the one before', async () => {
  const heard: string[] = [];
  signal.subscribe('definitions', ({ environment }) => heard.push(environment));
  await db.transaction({ as: 'system' }, async (tx) => {
    const author = { scope, slice: 'milestones', id: 'board', by: 'test', now: clock.now() };
    await saveDraft(tx, author, { body: milestoneOf(did('Board Created')) as unknown as Json, revision: 0 });
    await publish(tx, author, { revision: 1, everyone: false });
  });
  while (await path.relay());
  await expect.poll(() => heard).toContain('e');
  await send('three');
  const reached = async () => {
    const [person] = await db.transaction({ as: 'system' }, (tx) => tx.get(people, [{ ...scope, id: 'p_3' }]));
    return [...(person?.doc.milestones.names ?? [])];
  };
  await expect.poll(reached).toEqual(['board']);
});

it('sets aside what cannot be applied, says so, and goes on', async () => {
  await database.pool.query(`alter table people add constraint on_purpose check (user_id <> 'u-bad')`);
  await send('four', 'bad', 'five');
  await expect.poll(known).toEqual(['u-one', 'u-two', 'u-three', 'u-four', 'u-five']);
  await database.pool.query('alter table people drop constraint on_purpose');
  const aside = await db.transaction({ as: 'system' }, (tx) => tx.list(failed, { where: scope }));
  expect(aside.map(({ stage }) => stage)).toEqual(['apply']);
  expect(reports).toEqual([expect.stringMatching(/^entry .*bad was set aside: .*on_purpose/)]);
});

it('goes on after its connections were cut, also in the middle of a transaction, and blames no event for it', async () => {
  reports.length = 0;
  const alive = threads.length;
  const holder = await database.pool.connect();
  await holder.query('begin; lock table people');
  await send('held');
  const waiting = async () => {
    const text = `select count(*)::int as count from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    return (await holder.query<{ count: number }>(text)).rows[0]?.count;
  };
  await expect.poll(waiting).toBe(1);
  await holder.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
  await holder.query('rollback');
  holder.release();
  await expect.poll(known).toContain('u-held');
  expect(threads).toHaveLength(alive);
  expect(reports.filter((report) => report.includes('set aside'))).toEqual([]);
  await expect
    .poll(() =>
      send('six').then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
  await expect.poll(known).toContain('u-six');
});

it('is started again when it dies', async () => {
  reports.length = 0;
  const [first] = threads.splice(0);
  await first?.terminate();
  await send('again');
  await expect.poll(known).toContain('u-again');
  expect(threads).toHaveLength(1);
});

it('tells of what is published when it begins: who was there before it may have died with that news', async () => {
  const heard: string[] = [];
  const stop = signal.subscribe('definitions', ({ environment }) => heard.push(environment));
  await threads.splice(0)[0]?.terminate();
  await expect.poll(() => heard).toEqual(['e']);
  stop();
});

it('stops after the batch that it works on, and applies nothing more', async () => {
  let ended = false;
  threads.at(-1)?.once('exit', () => {
    ended = true;
  });
  await loop.stop();
  expect(ended).toBe(true);
  await send('seven');
  loop.kick();
  expect(await known()).not.toContain('u-seven');
  loop = start();
  await expect.poll(known).toContain('u-seven');
});
