import { createClient } from '@clickhouse/client';
import { allRows } from '@gangway/product/ports/warehouse/all-rows.contract.ts';
import { describeWarehouseContract } from '@gangway/product/ports/warehouse/warehouse.contract.ts';
import type { Query, Scoped } from '@gangway/product/ports/warehouse/warehouse.ts';
import { sampleBatch, sampleWarehouseRow } from '@gangway/product/ports/warehouse/warehouse-history.contract.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClickhouseWarehouse } from './clickhouse-warehouse.ts';
import { type ChdbServer, findChdb, startChdb } from './testing/start-chdb.ts';

const chdb = findChdb();

/** A question that brings persons along. */
const givenPersons: Query<Scoped & { readonly persons: readonly number[] }, { person: number }, unknown> = {
  name: 'given persons',
  duckdb: () => ({ text: 'select person from given', values: [] }),
  clickhouse: ({ persons }) => ({
    text: 'select person from given_subjects where run = {run:String}',
    values: [],
    given: { persons, facts: persons.map(() => '{}') },
  }),
  fold: () => [],
  finish: (plain) => plain,
};

if (!chdb) {
  test.skip('ClickHouse is not tested: its engine is not installed (node scripts/install-test-tool.mjs chdb, 540 MB)', () => undefined);
} else {
  describeWarehouseContract('ClickHouse', async () => {
    const server = await startChdb(chdb);
    const open = () => createClickhouseWarehouse({ url: server.url });
    return { warehouse: await open(), reopen: open, close: () => server.stop() };
  });

  describe('ClickHouse, on its own', () => {
    let server: ChdbServer;
    beforeAll(async () => {
      server = await startChdb(chdb);
    });
    afterAll(() => server?.stop());
    const scope = 'w_1/production';
    const open = () => createClickhouseWarehouse({ url: server.url });
    const idsIn = async () => {
      const warehouse = await open();
      const rows = await warehouse.run(allRows, { scope });
      await warehouse.close();
      return rows.map((row) => row.id);
    };

    /** What the view shows to whoever asks by hand. */
    const rowsByHand = async () => {
      const client = createClient({ url: server.url, clickhouse_settings: { output_format_json_quote_64bit_integers: 0 } });
      const query = `select * except readable from rows where scope = '${scope}' order by person, k, id`;
      const rows = await (await client.query({ query, format: 'JSONEachRow' })).json();
      await client.close();
      return rows;
    };

    test('what a writer left half written is not seen, and is gone when its batch comes again', async () => {
      const warehouse = await open();
      await warehouse.write(sampleBatch({ position: 1, rows: [sampleWarehouseRow({ scope, id: 'a' })] }));
      await warehouse.close();
      const client = createClient({ url: server.url });
      const half = { ...sampleWarehouseRow({ scope, id: 'b', k: 1 }), rewritten: '', partition_number: 0, epoch: 1, position: 2 };
      await client.insert({ table: 'events', values: [half], format: 'JSONEachRow' });
      const other = { scope, person: 1, became: 7, turn: 99, partition_number: 0, epoch: 1, position: 2 };
      await client.insert({ table: 'overrides', values: [other], format: 'JSONEachRow' });
      await client.close();
      expect(await idsIn()).toEqual(['a']);
      // A reader sees nothing of it, and leaves it to the writer.
      const reader = await open();
      expect(await reader.position(0)).toBe(1);
      await reader.close();
      const next = await open();
      await next.write(sampleBatch({ position: 2, rows: [sampleWarehouseRow({ scope, id: 'b', k: 1 })] }));
      expect((await next.run(allRows, { scope })).map((row) => [row.id, row.person])).toEqual([
        ['b', 1],
        ['a', 1],
      ]);
      await next.close();
    });

    test('what comes in after its writer has given it up stays out of sight, also when it confirms itself', async () => {
      const before = await idsIn();
      const client = createClient({ url: server.url });
      const late = { partition_number: 0, epoch: 1, position: 2 };
      await client.insert({
        table: 'events',
        values: [{ ...sampleWarehouseRow({ scope, id: 'late' }), rewritten: '', ...late }],
        format: 'JSONEachRow',
      });
      await client.insert({ table: 'overrides', values: [{ scope, person: 1, became: 8, turn: 99, ...late }], format: 'JSONEachRow' });
      await client.insert({ table: 'positions', values: [{ ...late, position: 9 }], format: 'JSONEachRow' });
      await client.close();
      expect(await idsIn()).toEqual(before);
      const warehouse = await open();
      expect(await warehouse.position(0)).toBe(2);
      const rows = await warehouse.run(allRows, { scope });
      expect(rows.map(({ person }) => person)).toEqual([1, 1]);
      await warehouse.close();
      expect(await rowsByHand()).toEqual(rows);
    });

    test('what a question has brought along goes with the person, and only in their scope', async () => {
      const warehouse = await open();
      for (const asking of [scope, `${scope}2`]) await warehouse.run(givenPersons, { scope: asking, persons: [1, 5] });
      await warehouse.erase(scope, [5]);
      await warehouse.close();
      const client = createClient({ url: server.url });
      const left = await client.query({ query: 'select run, person from given_subjects order by run, person', format: 'JSONEachRow' });
      const rows = await left.json<{ run: string; person: number | string }>();
      await client.close();
      expect(rows.map(({ run, person }) => [run.split(' ')[0], Number(person)])).toEqual([
        [scope, 1],
        [`${scope}2`, 1],
        [`${scope}2`, 5],
      ]);
    });

    test('a server that went away refuses, and the same batch is taken when it is back', async () => {
      const warehouse = await open();
      await server.kill();
      await expect(warehouse.write(sampleBatch({ position: 3, rows: [sampleWarehouseRow({ scope, id: 'c', k: 2 })] }))).rejects.toThrow();
      await warehouse.close();
      await server.restart();
      const again = await open();
      await again.write(sampleBatch({ position: 3, rows: [sampleWarehouseRow({ scope, id: 'c', k: 2 })] }));
      await again.close();
      expect(await idsIn()).toEqual(['b', 'c', 'a']);
    });

    test('questions are answered after thousands of starts and failures, of those that confirmed something too', async () => {
      const client = createClient({ url: server.url });
      const begin = async (since: (index: number) => number) => {
        const answer = await client.query({ query: 'select max(epoch) as epoch from epochs', format: 'JSONEachRow' });
        const last = Number((await answer.json<{ epoch: number }>())[0]?.epoch);
        const values = Array.from({ length: 9000 }, (_, index) => ({ epoch: last + 1 + index, partition_number: 0, since: since(index) }));
        await client.insert({ table: 'epochs', values, format: 'JSONEachRow' });
      };
      await begin(() => 3);
      expect(await idsIn()).toEqual(['b', 'c', 'a']);
      await begin((index) => 4 + index);
      await client.close();
      expect(await idsIn()).toEqual(['b', 'c', 'a']);
    });
  });
}
