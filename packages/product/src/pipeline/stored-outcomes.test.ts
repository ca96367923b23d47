import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../kernel/json.ts';
import { textOf } from '../ports/db/json-text.ts';
import { outcomesForm } from './stored-outcomes.ts';
import type { ResolvedEntry } from './working-set.ts';

/** As a store keeps it. */
function stored(outcomes: readonly ResolvedEntry[]): Json {
  return JSON.parse(textOf((text) => outcomesForm.write(outcomes as unknown as Json, text))) as Json;
}

const place = fc.nat({ max: 5_000 });
const person = fc.nat({ max: 2 ** 40 });
const key = fc.maxSafeNat();
const id = fc.oneof(fc.string(), fc.constantFrom('1', '__proto__', 'acme'));
const milestones = fc.array(fc.tuple(id, key), { maxLength: 3 });
const event = fc.record({ i: place, p: person, k: key, a: fc.option(id), m: milestones }, { requiredKeys: ['i', 'p', 'k', 'a'] });
const merge = fc.record({ from: person, into: person, k: key });
const any = fc.record({ i: place, p: person, k: key, a: fc.option(id), m: milestones, merges: fc.array(merge) }, { requiredKeys: ['i'] });
const page = fc.record({ i: place, each: fc.array(any, { maxLength: 3 }) });

describe('the stored form of what a batch came to', () => {
  test('gives back every outcome, in its place', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(event, any, page), { maxLength: 40 }), (outcomes) => {
        expect(outcomesForm.load(stored(outcomes as unknown as ResolvedEntry[]))).toEqual(outcomes);
      }),
    );
  });

  test('takes what an earlier version wrote as it is', () => {
    const earlier = [
      { i: 0, p: 7, k: 7_353_742_356_480_001, a: null },
      { i: 2, each: [{ i: 2, p: 8, a: null, m: [['board', 7_353_742_356_480_002]] }] },
    ];
    expect(outcomesForm.load(earlier as unknown as Json)).toEqual(earlier);
  });

  test('an event is told in few digits', () => {
    const k = 7_353_742_356_480_000;
    const outcomes: ResolvedEntry[] = [
      { i: 3, p: 7, k, a: null },
      { i: 4, p: 9, k: k + 4096, a: 'acme' },
      { i: 5, p: 7, k: k - 4095, a: null, m: [['board', k - 4095]] },
    ];
    expect(stored(outcomes)).toEqual([
      [3, 7, k],
      [1, 9, 4096, 'acme'],
      [1, 7, -8191, null, 'board', 0],
    ]);
  });
});
