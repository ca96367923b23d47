import { type Arbitrary, array, constantFrom, integer, jsonValue, oneof, option, record, tuple } from 'fast-check';
import type { Merge, WarehouseBatch, WarehouseRow } from './warehouse.ts';

/** The first instant of generated rows, epoch milliseconds. All lie within {@link historyLength} of it. */
export const historyStart = 1_700_000_000_000;
export const historyLength = 60;
export const historyNames = ['Signed Up', 'Board Made', `it's "x" \\ 日本`, 'm_active'] as const;
export const historyPeople = 6;

/** What happened in one scope, in the batches in which it was written. */
export type History = readonly { readonly rows: readonly WarehouseRow[]; readonly merges: readonly Merge[] }[];

type Part = Omit<WarehouseRow, 'scope' | 'k' | 'id'> & { readonly time: number };

const person = integer({ min: 1, max: historyPeople });
const base = { time: integer({ min: 0, max: historyLength - 1 }), person, account: option(constantFrom('acme', 'a/b', '')) };
const properties = jsonValue({ maxDepth: 1 }).map((value) => JSON.stringify({ value }));
const event: Arbitrary<Part> = record({
  ...base,
  kind: constantFrom('event' as const),
  name: constantFrom(...historyNames),
  type: constantFrom('track', 'page', 'identify'),
  properties,
});
const milestone: Arbitrary<Part> = record({
  ...base,
  kind: constantFrom('milestone' as const),
  name: constantFrom(...historyNames),
  type: constantFrom(''),
  properties: constantFrom('{}'),
});
const batch = tuple(
  array(oneof({ arbitrary: event, weight: 3 }, milestone), { maxLength: 14 }),
  array(tuple(person, person), { maxLength: 2 }),
);

/**
 * Histories with few people, few names and few instants, so that ties, merges and chains of merges are frequent.
 * Order keys are unique for a person until a merge makes two of them equal.
 */
export const histories: Arbitrary<(scope: string) => History> = array(batch, { minLength: 1, maxLength: 4 }).map(
  (batches) => (scope: string) => {
    let number = 0;
    const ties = new Map<string, number>();
    return batches.map(([parts, merges]) => ({
      rows: parts.map(({ time, ...part }) => {
        const tie = ties.get(`${part.person} ${time}`) ?? 0;
        ties.set(`${part.person} ${time}`, tie + 1);
        return { ...part, scope, k: (historyStart + time) * 4096 + tie, id: `id-${String((number++ * 37) % 1000).padStart(3, '0')}` };
      }),
      merges: merges.map(([from, to]) => ({ scope, from, to })),
    }));
  },
);

/** A row with plain values where none are given. */
export function sampleWarehouseRow(part: Partial<WarehouseRow> & { scope: string; id: string }): WarehouseRow {
  return { k: historyStart * 4096, kind: 'event', name: 'Signed Up', type: 'track', person: 1, account: null, properties: '{}', ...part };
}

/** A batch of partition 0. */
export function sampleBatch(part: Partial<WarehouseBatch> & { position: number }): WarehouseBatch {
  return { partition: 0, rows: [], merges: [], ...part };
}
