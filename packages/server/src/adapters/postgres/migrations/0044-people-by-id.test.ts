import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { peopleById } from './0044-people-by-id.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('people who were there keep their rows, the hour they were last seen in, and their place under another key', async () => {
  const { pool } = database;
  const hour = 3_600_000;
  // On a full hour, just before and after one, before 1970, in a time of summer, and never.
  const instants = [0, hour - 1, hour, hour + 1, -1, -hour, Date.UTC(2026, 6, 1, 12, 59, 59, 999), Date.UTC(2026, 6, 1, 13), null];
  for (const [index, instant] of instants.entries())
    await pool.query(
      `insert into people (workspace, environment, id, last_seen, doc)
       select 'w', environment, $1, to_timestamp($2::bigint / 1000.0), '{}' from unnest(array['e', 'other']) environment`,
      [`p_${index}`, instant],
    );
  await pool.query(peopleById);
  const { rows } = await pool.query<{ id: string; hour: Date | null }>(
    `select id, last_seen_hour as hour from people where workspace = 'w' and environment = 'other' order by id`,
  );
  const began = (instant: number) => new Date(Math.floor(instant / hour) * hour);
  expect(rows).toEqual(instants.map((instant, index) => ({ id: `p_${index}`, hour: instant === null ? null : began(instant) })));
  await expect(pool.query(`insert into people (workspace, environment, id) values ('w', 'e', 'p_0')`)).rejects.toThrow(/people_pkey/);
  await pool.query(`insert into people (workspace, environment, id) values ('v', 'e', 'p_0')`);
});
