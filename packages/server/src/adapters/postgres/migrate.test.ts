import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { migrate } from './migrate.ts';
import { createPool } from './pool.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Everything that a migration makes, in words. */
async function schema(): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ line: string }>(`
    select concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) as line
      from information_schema.columns where table_schema = 'public'
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select concat_ws(' ', tablename, policyname, roles::text, cmd, qual, with_check) from pg_policies where schemaname = 'public'
    union all select concat_ws(' ', relname, relrowsecurity, relforcerowsecurity) from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r'
    union all select concat_ws(' ', table_name, grantee, privilege_type) from information_schema.role_table_grants where table_schema = 'public'
    union all select name from migrations
    order by line`);
  return rows.map(({ line }) => line);
}

/** A pool whose connection the server ends at its `budget`-th question; whether it came to that. */
function mortal(budget: number): { pool: pg.Pool; died(): boolean } {
  const pool = createPool(database.url, { max: 1 });
  let asked = 0;
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    const ask = client.query.bind(client) as (...args: unknown[]) => unknown;
    client.query = (async (...args: unknown[]) => {
      if (++asked === budget) {
        const { rows } = (await ask('select pg_backend_pid() as pid')) as { rows: { pid: number }[] };
        await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      }
      return ask(...args);
    }) as typeof client.query;
  });
  return { pool, died: () => asked >= budget };
}

test('62: a death in the middle of the migrations: the next start goes on, and comes to the same schema', async () => {
  const whole = await schema();
  await database.pool.query('drop schema public cascade; create schema public');
  let deaths = 0;
  let migrated = false;
  for (let budget = 1; !migrated; budget = Math.max(budget + 1, Math.floor(budget * 1.15))) {
    const { pool, died } = mortal(budget);
    const failure = await migrate(pool).then(
      () => undefined,
      (error: unknown) => error,
    );
    await pool.end();
    // Whatever else went wrong is no death. When only the lock was left to be given back, all was done.
    if (failure !== undefined && !died()) throw failure;
    migrated = failure === undefined;
    if (!migrated) deaths++;
  }
  expect(deaths).toBeGreaterThan(20);
  expect(await schema()).toEqual(whole);
}, 120_000);
