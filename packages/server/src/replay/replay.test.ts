import type { Json } from '@gangway/product/kernel/json.ts';
import { publish, saveDraft } from '@gangway/product/pipeline/definitions.ts';
import { createPath } from '@gangway/product/pipeline/path.ts';
import { outcomesForm } from '@gangway/product/pipeline/stored-outcomes.ts';
import { createMemoryCourier } from '@gangway/product/ports/courier/memory-courier.ts';
import { createMemoryFiles } from '@gangway/product/ports/files/memory-files.ts';
import { createMemorySignal } from '@gangway/product/ports/signal/memory-signal.ts';
import { createMemoryWarehouse } from '@gangway/product/ports/warehouse/memory-warehouse.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../adapters/postgres/migrate.ts';
import { createPool } from '../adapters/postgres/pool.ts';
import { createPostgresDb } from '../adapters/postgres/postgres-db.ts';
import { createPostgresEventLog } from '../adapters/postgres/postgres-event-log.ts';
import { demoDefinitions } from '../demo/demo-content.ts';
import { demoPeopleEvents } from '../demo/demo-people.ts';
import { domains } from '../domains.ts';
import { sha256 } from '../sha256.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { replay } from './replay.ts';
import { createStoreForReplay } from './store-for-replay.ts';

const scope = { workspace: 'w', environment: 'e' };
const clock = { now: () => Date.parse('2026-11-21T12:00:00Z') };
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const log = createPostgresEventLog(database.pool, { clock });
  const db = createPostgresDb(database.pool);
  const ports = {
    db,
    log,
    warehouse: createMemoryWarehouse(),
    courier: createMemoryCourier(),
    files: createMemoryFiles(),
    signal: createMemorySignal(),
  };
  const refuse = (error: unknown) => {
    throw error;
  };
  const path = createPath({ ports, domains, clock, digest: sha256, report: refuse });
  for (const { slice, id, body } of demoDefinitions('http://demo.example')) {
    await db.transaction({ as: 'request', scope }, async (tx) => {
      const author = { scope, slice, id, by: 'owner', now: clock.now() };
      await saveDraft(tx, author, { body: body as Json, revision: 0 });
      await publish(tx, author, { revision: 1, everyone: true });
    });
  }
  await path.offer(scope, {
    body: { batch: demoPeopleEvents(clock.now()) },
    context: { receivedAt: clock.now(), key: 'secret', requestId: 'r' },
  });
  for (let worked = true; worked; ) worked = (await path.relay()) || (await path.apply(0)) || (await path.wake());
});
afterAll(() => database.drop());

async function replayed() {
  const scratch = await createStoreForReplay(database.url, { createPool, migrate, createDb: createPostgresDb });
  try {
    return await replay({ recorded: database.pool, scratch, log: createPostgresEventLog(database.pool, { clock }), domains, clock });
  } finally {
    await scratch.drop();
  }
}

test('the log alone gives every derived table again, row by row', async () => {
  const { rows } = await database.pool.query('select count(*)::int as people from people');
  expect(rows[0].people).toBe(24);
  const result = await replayed();
  expect(result.different).toEqual([]);
  expect(result.batches).toBeGreaterThan(1);
});

test('what an earlier version stored in another form is the same', async () => {
  const { rows } = await database.pool.query<{ partition: number; position: number; rows: Json }>('select * from resolutions');
  expect(rows.length).toBeGreaterThan(0);
  for (const { partition, position, rows: stored } of rows) {
    const text = JSON.stringify(outcomesForm.load(stored));
    await database.pool.query('update resolutions set rows = $3 where partition = $1 and position = $2', [partition, position, text]);
  }
  // The same members, the base behind them.
  await database.pool.query(`update people set doc = (doc::jsonb || jsonb_build_object('base', doc::jsonb -> 'base'))::json`);
  expect((await replayed()).different).toEqual([]);
});

test('a person’s document that was changed by hand is found', async () => {
  const { rows } = await database.pool.query<{ doc: Json }>(`select doc from people where id = 'p_2'`);
  await database.pool.query(`update people set doc = jsonb_set(doc::jsonb, '{folded}', '99')::json where id = 'p_2'`);
  expect((await replayed()).different.map(({ table }) => table)).toEqual(['people']);
  await database.pool.query(`update people set doc = $1 where id = 'p_2'`, [JSON.stringify(rows[0]?.doc)]);
});

test('a derived row that was changed by hand is found, by its table', async () => {
  await database.pool.query(`update people set name = 'Somebody else' where id = 'p_3'`);
  await database.pool.query(`delete from standings where subject = 'person:p_1'`);
  const { different } = await replayed();
  expect(different.map(({ table }) => table)).toEqual(['people', 'standings']);
  expect(different.find(({ table }) => table === 'standings')).toMatchObject({
    recorded: expect.any(Number),
    replayed: expect.any(Number),
  });
});
