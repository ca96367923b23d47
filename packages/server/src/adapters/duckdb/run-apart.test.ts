import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { runningApart } from './run-apart.ts';

const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0).toReversed()) step();
});

async function open({ threads, isBusy = () => false }: { threads: number; isBusy?: () => boolean }) {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) });
  const connection = await instance.connect();
  undo.push(
    () => instance.closeSync(),
    () => connection.closeSync(),
  );
  return { connection, run: runningApart(connection, { threads, isBusy }) };
}

/** Some hundred thousand rows, written out of order and put in order. */
const work = [
  'begin',
  'create table a as select (range * 7919) % 300000 as x, range::varchar as t from range(300000)',
  'create table b (x bigint, t varchar)',
  'insert into b select * from a order by x',
  'drop table a',
  'commit',
];

describe.each([
  ['by a thread of the engine', { threads: 2 }],
  ['while a question runs', { threads: 2, isBusy: () => true }],
  ['where the engine has no thread of its own', { threads: 1 }],
])('%s', (_, settings) => {
  test('statements are run whole, in transactions, and give their rows', async () => {
    const { run } = await open(settings);
    for (const text of work) await run(text);
    expect(await run('select count(*), min(x), max(x), bool_and(x = rowid) from b')).toEqual([[300000n, 0n, 299999n, true]]);
    await run('begin');
    await run('delete from b');
    await run('rollback');
    expect(await run('select count(*) from b')).toEqual([[300000n]]);
  });

  test('a statement that fails says why, whether it never began or broke off, and others run after it', async () => {
    const { run } = await open(settings);
    for (const text of work) await run(text);
    await expect(run('select y from b')).rejects.toThrow(/"y" not found/);
    await expect(run("select sum((t || case when x = 200000 then 'x' else '' end)::integer) from b")).rejects.toThrow(
      /Could not convert string/,
    );
    expect(await run('select 1')).toEqual([[1]]);
  });
});

test('a question that begins while a statement runs makes a thread help', async () => {
  const isBusy = vi.fn(() => isBusy.mock.calls.length > 3);
  const { run } = await open({ threads: 2, isBusy });
  await run('create table a as select range as x from range(5000000)');
  expect(isBusy.mock.results.at(-1)?.value).toBe(true);
});
