import { digestOf } from '@gangway/product/pipeline/seen-ids.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256 } from '../../../sha256.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { eventsByDigest } from './0050-events-by-digest.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
  await database.pool.query('drop table "seen_events"; alter table "seen_entries" add column "content" bigint');
});
afterEach(() => database.drop());

/** As the version before wrote it. */
const insert = 'insert into seen_entries (workspace, environment, id, at, content) values ($1, $2, $3, to_timestamp($4), $5)';

async function remembered() {
  const [events, entries] = await Promise.all([
    database.pool.query(
      `select replace(digest::text, '-', '') as digest, date_part('epoch', at) as at, content, workspace, environment from seen_events`,
    ),
    database.pool.query(`select id, date_part('epoch', at) as at, workspace, environment from seen_entries`),
  ]);
  return { events: events.rows, entries: entries.rows };
}

const sorted = <Value>(values: readonly Value[]) => values.map((value) => JSON.stringify(value)).sort();

test('ids of events come under the digest that the server asks for, others stay, and what may be either is in both', async () => {
  const scopes = ['e', 'other', 'Umgebung ä'].map((environment) => ({ workspace: 'w', environment }));
  const ids = [
    'event:1',
    'event:é',
    'event:e\u0301',
    'event:日本語 🚪',
    `event:'"\\ \t\n%s`,
    'event:a/b',
    'event:',
    'definition:tours:a:1:published:5',
  ];
  const contents = [1, 2 ** 32 - 1, 0, null];
  const rows = scopes.flatMap((scope) =>
    ids.flatMap((id) => contents.map((content, index) => ({ id: `${id}${index}`, at: 1_790_000_000 + index, content, scope }))),
  );
  for (const { id, at, content, scope } of rows) await database.pool.query(insert, [scope.workspace, scope.environment, id, at, content]);
  await database.pool.query(eventsByDigest);
  const { events, entries } = await remembered();
  const asEvent = rows.filter(({ content }) => content !== 0);
  expect(sorted(events)).toEqual(
    sorted(asEvent.map(({ id, at, content, scope }) => ({ digest: digestOf({ id, scope }, sha256), at, content, ...scope }))),
  );
  const asOther = rows.filter(({ content }) => content === 0 || content === null);
  expect(sorted(entries)).toEqual(sorted(asOther.map(({ id, at, scope }) => ({ id, at, ...scope }))));
});

test('each of them is in its table once', async () => {
  await database.pool.query(insert, ['w', 'e', 'event:1', 1, 7]);
  await database.pool.query(insert, ['w', 'e', 'command:1', 1, 0]);
  await database.pool.query(eventsByDigest);
  const digest = digestOf({ id: 'event:1', scope: { workspace: 'w', environment: 'e' } }, sha256);
  const event = 'insert into seen_events (digest, workspace, environment) values ($1, $2, $3)';
  await expect(database.pool.query(event, [digest, 'w', 'e'])).rejects.toThrow(/seen_events_pkey/);
  await expect(database.pool.query(`insert into seen_entries (workspace, environment, id) values ('w', 'e', 'command:1')`)).rejects.toThrow(
    /seen_entries_pkey/,
  );
});

test('what a server of the version before has not committed yet comes along', async () => {
  const { pool } = database;
  const other = await pool.connect();
  await other.query('begin');
  await other.query(insert, ['w', 'e', 'event:late', 1, 7]);
  const migrating = pool.query(eventsByDigest);
  const waiting = `select count(*)::int as n from pg_locks where relation = 'seen_entries'::regclass and not granted`;
  await expect.poll(async () => (await pool.query(waiting)).rows[0].n).toBe(1);
  await other.query('commit');
  other.release();
  await migrating;
  const { events, entries } = await remembered();
  const scope = { workspace: 'w', environment: 'e' };
  expect(events.map(({ digest }) => digest)).toEqual([digestOf({ id: 'event:late', scope }, sha256)]);
  expect(entries).toEqual([]);
});

test('the table that gave its events away takes no more room than what is left of it', async () => {
  const { pool } = database;
  await pool.query(`insert into seen_entries (workspace, environment, id, at, content)
    select 'w', 'e', 'event:' || n, now(), case when n % 100 = 0 then 0 else n end from generate_series(1, 5000) n`);
  const bytes = async () =>
    Number((await pool.query(`select pg_relation_size('seen_entries') + pg_indexes_size('seen_entries') as n`)).rows[0].n);
  const before = await bytes();
  await pool.query(eventsByDigest);
  expect((await pool.query('select count(*)::int as n from seen_entries')).rows[0].n).toBe(50);
  expect(await bytes()).toBeLessThan(before / 5);
});
