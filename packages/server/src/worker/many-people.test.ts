import type { JsonObject } from '@gangway/product/kernel/json.ts';
import { publish, saveDraft } from '@gangway/product/pipeline/definitions.ts';
import { createPath } from '@gangway/product/pipeline/path.ts';
import { counters, failed, type PersonRow, people } from '@gangway/product/pipeline/tables.ts';
import { createMemoryCourier } from '@gangway/product/ports/courier/memory-courier.ts';
import { createMemoryFiles } from '@gangway/product/ports/files/memory-files.ts';
import { createMemorySignal } from '@gangway/product/ports/signal/memory-signal.ts';
import { createMemoryWarehouse } from '@gangway/product/ports/warehouse/memory-warehouse.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPostgresDb } from '../adapters/postgres/postgres-db.ts';
import { createPostgresEventLog } from '../adapters/postgres/postgres-event-log.ts';
import { domains } from '../domains.ts';
import { sha256 } from '../sha256.ts';
import { did, milestoneOf } from '../testing/test-content.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

const scope = { workspace: 'w', environment: 'e' };
const now = Date.UTC(2026, 0, 5);
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

function open() {
  const clock = { now: () => now };
  const db = createPostgresDb(database.pool);
  const aside: string[] = [];
  const twins = { warehouse: createMemoryWarehouse(), courier: createMemoryCourier(), files: createMemoryFiles() };
  const ports = { db, log: createPostgresEventLog(database.pool, { clock }), ...twins, signal: createMemorySignal() };
  const path = createPath({ ports, domains, clock, digest: sha256, report: (_error, { id }) => aside.push(id) });
  /** A batch of the log of its own, an event each of these users. */
  const append = async (round: number, users: readonly string[]) => {
    const batch = users.map((userId): JsonObject => ({ type: 'track', event: 'A', userId, messageId: `${round}/${userId}` }));
    await path.offer(scope, { body: { batch }, context: { receivedAt: now, key: 'secret', requestId: `r${round}` } });
  };
  const read = () =>
    db.transaction({ as: 'system' }, async (tx) => ({
      people: await tx.list<PersonRow>(people, { where: scope }),
      sums: new Map((await tx.list(counters, { where: scope })).map(({ name, value }) => [name, value])),
      failed: await tx.list(failed, { where: scope }),
    }));
  return { db, path, append, read, aside };
}

const users = (from: number, count: number) => Array.from({ length: count }, (_, index) => `u${from + index}`);

it('people of several batches are written while others are still folded, and each as they were in the end', async () => {
  const { db, path, append, read } = open();
  await db.transaction({ as: 'system' }, async (tx) => {
    const author = { scope, slice: 'milestones', id: 'twice', by: 'test', now };
    await saveDraft(tx, author, { body: milestoneOf(did('A', 2)) as never, revision: 0 });
    await publish(tx, author, { revision: 1, everyone: true });
  });
  while ((await path.relay()) || (await path.apply(0)));
  // Each batch has more people than are written at a time, and half of them are those of the batch before.
  for (const round of [0, 1, 2]) await append(round, users(round * 400, 800));
  expect(await path.apply(0)).toBe(true);
  expect(await path.apply(0)).toBe(false);
  const { people: rows, sums } = await read();
  const counts = rows.map(({ userId, doc }) => [Number(userId?.slice(1)), doc.events.get('A')?.count, doc.milestones.has('twice')]);
  expect(counts.sort(([a], [b]) => Number(a) - Number(b))).toEqual(
    Array.from({ length: 1600 }, (_, index) => (index < 400 || index >= 1200 ? [index, 1, false] : [index, 2, true])),
  );
  expect([sums.get('people'), sums.get('applied'), sums.get('reached:twice')]).toEqual([1600, 2400, 800]);
});

it('one whose row is refused spoils none of those that were written with it', async () => {
  const { path, append, read, aside } = open();
  const before = (await read()).sums.get('applied') ?? 0;
  await database.pool.query(`alter table people add constraint on_purpose check (user_id <> 'u5005')`);
  for (const round of [10, 11]) await append(round, users(5000 + (round - 10) * 700, 700));
  while (await path.apply(0));
  await database.pool.query('alter table people drop constraint on_purpose');
  const { people: rows, sums, failed: kept } = await read();
  const present = new Set(rows.map(({ userId }) => userId));
  expect(users(5000, 1400).filter((user) => !present.has(user))).toEqual(['u5005']);
  expect([sums.get('applied') ?? 0, sums.get('quarantined'), kept.length, aside]).toEqual([before + 1399, 1, 1, ['event:10/u5005']]);
});
