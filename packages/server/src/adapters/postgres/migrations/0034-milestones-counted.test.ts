import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { milestonesCounted } from './0034-milestones-counted.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('a database with milestones as rows counts who has reached which, and keeps the other standings', async () => {
  const { pool } = database;
  const doc = (milestones: Record<string, number>) => JSON.stringify({ milestones });
  const people = [
    ['p_1', doc({ board: 1, invited: 2 })],
    ['p_2', doc({ board: 3 })],
    ['p_3', doc({})],
  ];
  for (const [id, text] of people)
    await pool.query(`insert into people (workspace, environment, id, doc) values ('w', 'e', $1, $2), ('w', 'other', $1, $2)`, [id, text]);
  await pool.query(`insert into accounts (workspace, environment, id, doc) values ('w', 'e', 'acme', $1)`, [doc({ board: 1, live: 4 })]);
  for (const slice of ['milestones', 'guides'])
    await pool.query(
      `insert into standings (workspace, environment, slice, definition, subject, status) values ('w', 'e', $1, 'board', 'person:p_1', 'x')`,
      [slice],
    );
  await pool.query(milestonesCounted);
  const counted = await pool.query(`select environment, name, value::int from counters where workspace = 'w' order by 1, 2`);
  expect(counted.rows).toEqual([
    { environment: 'e', name: 'reached:board', value: 3 },
    { environment: 'e', name: 'reached:invited', value: 1 },
    { environment: 'e', name: 'reached:live', value: 1 },
    { environment: 'other', name: 'reached:board', value: 2 },
    { environment: 'other', name: 'reached:invited', value: 1 },
  ]);
  expect((await pool.query('select slice from standings')).rows).toEqual([{ slice: 'guides' }]);
});
