import { randomBytes } from 'node:crypto';
import { describeDbContract } from '@gangway/product/ports/db/db.contract.ts';
import type { Table } from '@gangway/product/ports/db/db.ts';
import { StoreError } from '@gangway/product/ports/db/store-error.ts';
import { counters, testTables } from '@gangway/product/ports/db/test-tables.contract.ts';
import { describeEventLogContract } from '@gangway/product/ports/event-log/event-log.contract.ts';
import { sampleEntries } from '@gangway/product/ports/event-log/sample-entry.contract.ts';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allTables } from '../../tables.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { migrate } from './migrate.ts';
import { createPool } from './pool.ts';
import { createPostgresDb } from './postgres-db.ts';
import { createPostgresEventLog } from './postgres-event-log.ts';
import { createTableText, snake } from './statements.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  for (const table of testTables) await database.pool.query(createTableText(table as Table<never>));
  // Once more: migrations are idempotent, and the new tables get their policies.
  await migrate(database.pool);
});
afterAll(() => database.drop());

describeDbContract('PostgreSQL', async () => createPostgresDb(createPool(database.url)));

test('a commit waits for the disk, unless the log brings back what it wrote', async () => {
  await database.pool.query(`alter table contract_counters add column waits text default current_setting('synchronous_commit')`);
  const db = createPostgresDb(database.pool);
  for (const redoable of [false, true]) {
    await db.transaction({ as: 'system', redoable }, (tx) => tx.put(counters, [{ id: `redoable ${redoable}`, count: 1 }]));
  }
  const { rows } = await database.pool.query(`select id, waits from contract_counters where id like 'redoable%' order by id`);
  await database.pool.query('alter table contract_counters drop column waits');
  expect(rows).toEqual([
    { id: 'redoable false', waits: 'on' },
    { id: 'redoable true', waits: 'off' },
  ]);
});

describe.each([0, 100_000])('keeping %d characters of its newest batches', (kept) => {
  describeEventLogContract('PostgreSQL', async ({ partitions, clock }) => {
    const own = await createTestDatabase();
    const open = () => {
      const pool = createPool(own.url);
      const log = createPostgresEventLog(pool, { partitions, clock, kept });
      const close = async () => {
        await log.close();
        if (!pool.ended) await pool.end();
      };
      return { ...log, close };
    };
    return { log: open(), reopen: async () => open(), close: () => own.drop() };
  });
});

test('a batch that is read while an erasure replaces it is read as it became from then on', async () => {
  const own = await createTestDatabase();
  const clock = { now: () => 1 };
  await createPostgresEventLog(own.pool, { clock }).append(sampleEntries('before', 1));
  // Another process has appended, so this one has nothing at hand yet; its change is held up half-way.
  const held: (() => void)[] = [];
  const query = async (text: string | pg.QueryConfig, values?: unknown[]) => {
    if (String(text).startsWith('update event_log')) await new Promise<void>((go) => held.push(go));
    return own.pool.query(text, values);
  };
  const pool: typeof own.pool = Object.assign(Object.create(own.pool), { query });
  const log = createPostgresEventLog(pool, { clock, kept: 100_000 });
  const ids = async () => (await log.read(0, 0, 10)).flatMap(({ entries }) => entries.map(({ id }) => id));
  const replacing = log.replace?.(0, 1, sampleEntries('after', 1));
  expect([held.length, await ids()]).toEqual([1, ['before-0']]);
  held[0]?.();
  await replacing;
  expect([await ids(), await ids()]).toEqual([['after-0'], ['after-0']]);
  await own.drop();
});

/** Connections to this database that wait for the lock of an append. */
const waitingForLog = `from pg_locks where locktype = 'advisory' and classid = 4712 and not granted
  and database = (select oid from pg_database where datname = current_database())`;

test('servers that append at the same instant get a position each, and are told which', async () => {
  const own = await createTestDatabase();
  const clock = { now: () => 1 };
  const logs = ['a', 'b', 'c'].map((name) => ({ name, log: createPostgresEventLog(own.pool, { clock }) }));
  // All have begun, and so have seen the same end of the log, before any may write.
  const held = await own.pool.connect();
  await held.query('begin; select pg_advisory_xact_lock(4712, 0)');
  const appending = logs.map(async ({ name, log }) => ({ name, at: (await log.append(sampleEntries(name, 2))).get(0) }));
  const waiting = async () => (await own.pool.query(`select count(*)::int as n ${waitingForLog}`)).rows[0].n;
  await expect.poll(waiting).toBe(3);
  await held.query('commit');
  held.release();
  const told = await Promise.all(appending);
  expect(told.map(({ at }) => at).sort()).toEqual([1, 2, 3]);
  const [reader] = logs;
  const stored = await reader?.log.read(0, 0, 10);
  for (const { name, at } of told) {
    const batch = stored?.find(({ position }) => position === at);
    expect(batch?.entries.map(({ id }) => id)).toEqual([`${name}-0`, `${name}-1`]);
  }
  await own.drop();
});

test('an append whose connection is cut keeps nothing and says so; the next one goes on', async () => {
  const own = await createTestDatabase();
  const log = createPostgresEventLog(own.pool, { clock: { now: () => 1 } });
  const held = await own.pool.connect();
  await held.query('begin; select pg_advisory_xact_lock(4712, 0)');
  const cut = expect(log.append(sampleEntries('cut', 1))).rejects.toThrow(StoreError);
  await expect.poll(async () => (await own.pool.query(`select pg_terminate_backend(pid) ${waitingForLog}`)).rowCount).toBe(1);
  await cut;
  await held.query('commit');
  held.release();
  expect(await log.append(sampleEntries('next', 1))).toEqual(new Map([[0, 1]]));
  expect((await log.read(0, 0, 10)).flatMap(({ entries }) => entries.map(({ id }) => id))).toEqual(['next-0']);
  await own.drop();
});

describe('the schema', () => {
  test.each(allTables.map((table) => [table.name, table] as const))('%s is as declared', async (name, table) => {
    const { rows } = await database.pool.query(
      // What PostgreSQL makes of other columns for an index is nobody's to read or write.
      `select column_name as name, data_type as type from information_schema.columns
       where table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
      [name],
    );
    const types = {
      text: 'text',
      integer: 'bigint',
      number: 'double precision',
      boolean: 'boolean',
      json: 'json',
      instant: 'timestamp with time zone',
      digest: 'uuid',
    };
    expect(rows).toEqual(Object.entries(table.columns).map(([column, type]) => ({ name: snake(column), type: types[type] })));
  });

  test('every table with a workspace has row-level security, forced', async () => {
    const { rows } = await database.pool.query(`
      select c.relname from pg_class c join information_schema.columns i on i.table_name = c.relname and i.column_name = 'workspace'
      where c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity)`);
    expect(rows).toEqual([]);
  });

  test('without a tenant a request sees no row of any table', async () => {
    for (const table of allTables.filter(({ columns }) => 'workspace' in columns)) {
      const client = await database.pool.connect();
      await client.query('begin; set local role gangway_request');
      const { rows } = await client.query(`select 1 from "${table.name}"`);
      await client.query('rollback');
      client.release();
      expect(rows, table.name).toEqual([]);
    }
  });

  test('a database of a newer version is refused, with the way out', async () => {
    const own = await createTestDatabase();
    await own.pool.query(`insert into migrations (name) values ('9999-from-the-future')`);
    await expect(migrate(own.pool)).rejects.toMatchObject({ code: 'newer_data', message: expect.stringContaining('9999-from-the-future') });
    await own.drop();
  });

  test('a hostile tenant name cannot leave its quotes', async () => {
    const db = createPostgresDb(createPool(database.url));
    const scope = { workspace: `x'; drop table people; --${randomBytes(4).toString('hex')}`, environment: `\\'` };
    const rows = await db.read(scope, 'select current_setting($1) as w', ['gangway.workspace']);
    expect(rows).toEqual([{ w: scope.workspace }]);
    await db.close();
  });
});
