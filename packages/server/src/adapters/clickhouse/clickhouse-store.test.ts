import type { ClickHouseClient } from '@clickhouse/client';
import { sampleBatch, sampleWarehouseRow } from '@gangway/product/ports/warehouse/warehouse-history.contract.ts';
import { expect, test } from 'vitest';
import { ClickhouseStore } from './clickhouse-store.ts';

interface Asked {
  readonly query: string;
  readonly query_params?: Record<string, unknown>;
}

/** Answers the question for merges with what the scope of the question has, and keeps what it is told. */
function pretendClient(merges: readonly (readonly [scope: string, person: number, became: number])[]) {
  const asked: Asked[] = [];
  const told: Asked[] = [];
  const client = {
    async query(question: Asked) {
      asked.push(question);
      const rows = merges.filter(([scope]) => !question.query.includes('{scope:String}') || scope === question.query_params?.scope);
      return { json: async () => [['scope', 'person', 'survivor', 'latest'], ...rows.map((row) => [...row, 1])] };
    },
    async command(statement: Asked) {
      told.push(statement);
    },
  };
  return { client: client as unknown as ClickHouseClient, asked, told };
}

test('an erasure reads who became whom in its own scope, not what all environments have', async () => {
  const { client, asked, told } = pretendClient([
    ['w/one', 4, 2],
    ['w/two', 5, 2],
  ]);
  await new ClickhouseStore(client).erase('w/one', [2]);
  expect(asked.map(({ query_params }) => query_params)).toEqual([{ scope: 'w/one' }]);
  expect(told.map(({ query_params }) => query_params?.written)).toEqual([
    [2, 4],
    [2, 4],
  ]);
});

/** Keeps the epochs, and refuses what is named in `broken`. */
function pretendWriting() {
  const broken = new Set<string>();
  const epochs: number[] = [];
  const client = {
    async query({ query }: Asked) {
      if ([...broken].some((name) => query.includes(name))) throw new Error('refused');
      const rows = query.includes('max(epoch)') ? [['epoch'], [epochs.at(-1) ?? 0]] : [[]];
      return { json: async () => rows };
    },
    async insert({ table, values }: { table: string; values: readonly { epoch: number }[] }) {
      if (broken.has(table)) throw new Error('refused');
      if (table === 'epochs') epochs.push(...values.map(({ epoch }) => epoch));
    },
  };
  const store = new ClickhouseStore(client as unknown as ClickHouseClient);
  const write = () => store.write([sampleBatch({ position: 1, rows: [sampleWarehouseRow({ scope: 'w/one', id: 'a' })] })]);
  return { write, epochs, broken };
}

test('an epoch under which nothing was sent serves the next try; one under which rows were sent does not', async () => {
  const { write, epochs, broken } = pretendWriting();
  broken.add('seen_overrides');
  for (let times = 0; times < 3; times++) await expect(write()).rejects.toThrow('refused');
  expect(epochs).toEqual([1]);
  broken.clear();
  broken.add('events');
  for (let times = 0; times < 2; times++) await expect(write()).rejects.toThrow('refused');
  expect(epochs).toEqual([1, 2]);
  broken.clear();
  await write();
  expect(epochs).toEqual([1, 2, 3]);
});

test('an epoch that another writer has ended is not gone on with', async () => {
  const { write, epochs, broken } = pretendWriting();
  broken.add('seen_overrides');
  await expect(write()).rejects.toThrow('refused');
  epochs.push(2);
  broken.clear();
  await write();
  expect(epochs).toEqual([1, 2, 3]);
});
