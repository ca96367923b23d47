import { compareNewest } from '@gangway/product/ports/warehouse/compare-newest.ts';
import { array, assert, constantFrom, integer, oneof, option, property, record, string } from 'fast-check';
import { expect, test } from 'vitest';
import { packRows } from './packed-rows.ts';
import { RecentRows } from './recent-rows.ts';

const small = integer({ min: 0, max: 3 });
const text = oneof(string({ maxLength: 5 }), string({ unit: 'grapheme', maxLength: 4 }));
const row = record({ word: small, person: small, k: integer({ min: 0, max: 8 }), account: option(text), properties: text });

test('the newest rows of some persons are those of a plain list, before and after an erasure', () => {
  const question = record({
    persons: constantFrom<number[]>([0], [1, 2], [3, 0, 9]),
    words: constantFrom<number[]>([0], [1, 2], [0, 1, 2, 3]),
    before: integer({ min: 0, max: 10 }),
    limit: integer({ min: 0, max: 30 }),
  });
  assert(
    property(array(row, { maxLength: 40 }), array(question, { minLength: 1, maxLength: 4 }), (rows, questions) => {
      let list = rows.map((one, index) => ({ ...one, id: `r${String((index * 7) % 41).padStart(2, '0')}` }));
      const recent = new RecentRows();
      for (let some = list; some.length > 0; some = some.slice(7)) recent.add(packRows(some.slice(0, 7), ({ word }) => word));
      for (const { persons, words, before, limit } of questions) {
        const belongs = (word: number) => words.includes(word);
        const wanted = list
          .filter((one) => persons.includes(one.person) && belongs(one.word) && one.k < before)
          .sort(compareNewest)
          .slice(0, limit)
          .map(({ person, ...found }) => found);
        expect(recent.newest({ persons, belongs, before, limit })).toEqual(wanted);
        recent.erase({ persons: persons.slice(0, 1), belongs });
        list = list.filter((one) => !(persons[0] === one.person && belongs(one.word)));
      }
    }),
  );
});

test('many rows, and long texts, come back as they were', () => {
  const recent = new RecentRows();
  const properties = (index: number) => `{"n":"${'日本語 🚪 x'.repeat(index % 1500 === 0 ? 60_000 : index % 40)}"}`;
  const added = (index: number) => ({ person: index % 2, k: index, account: 'acme', id: `r${index}`, properties: properties(index) });
  for (let index = 0; index < 3000; index += 2) recent.add(packRows([added(index), added(index + 1)], () => 1));
  const found = recent.newest({ persons: [0], belongs: () => true, before: Number.POSITIVE_INFINITY, limit: 2000 });
  expect(found).toEqual(
    Array.from({ length: 1500 }, (_, index) => 2998 - 2 * index).map((index) => ({
      word: 1,
      k: index,
      account: 'acme',
      id: `r${index}`,
      properties: properties(index),
    })),
  );
  expect(recent.bytes).toBeGreaterThan(2 * 60_000 * 10);
});
