import type { ClickHouseClient } from '@clickhouse/client';
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
