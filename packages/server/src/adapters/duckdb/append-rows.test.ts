import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { appendRows } from './append-rows.ts';
import { recentRows } from './duckdb-schema.ts';
import { packRows } from './packed-rows.ts';

const accounts = [null, 'acme', null, '', 'a name of more than twelve characters', '日本'];
const properties = ['{}', '{"n":1}', '', `{"text":"${'long '.repeat(2000)}"}`, '{"é":"🚪"}', '{"a b":"\u0001\\n"}', 'null'];

test.each([1, 2048, 5000])('%i rows come out as they went in', async (count) => {
  const rows = Array.from({ length: count }, (_, index) => ({
    word: index % 7,
    k: (index % 2 === 0 ? 1 : -1) * (Number.MAX_SAFE_INTEGER - index),
    person: (index % 3 === 0 ? -1 : 1) * (2 ** 31 - 1 - index),
    account: accounts[index % accounts.length] ?? null,
    id: `${index}${'-'.repeat(index % 40)}`,
    properties: properties[index % properties.length] ?? '',
  }));
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run(recentRows);
  const appender = await connection.createAppender('recent_rows');
  appendRows(
    appender,
    packRows(rows, ({ word }) => word),
  );
  appender.closeSync();
  const found = (await connection.runAndReadAll('select word, k, person, account, id, properties from recent_rows')).getRowsJS();
  expect(found).toEqual(rows.map(({ word, k, person, account, id, properties }) => [word, BigInt(k), person, account, id, properties]));
  connection.closeSync();
  instance.closeSync();
});

test('what a column cannot hold is refused', () => {
  const row = { person: 1, k: 1, account: null, id: 'a', properties: '{}' };
  expect(() => packRows([{ ...row, person: 2 ** 31 }], () => 0)).toThrow('not a 32-bit whole number');
  expect(() => packRows([{ ...row, k: 1.5 }], () => 0)).toThrow('not a whole number');
});
