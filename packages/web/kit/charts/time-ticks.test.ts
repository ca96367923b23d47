import { assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { timeTicks } from './time-ticks.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

test.each([
  [6.2 * minute, ['0', '1 min', '2 min', '3 min', '4 min', '5 min', '6 min']],
  [95_000, ['0', '15 s', '30 s', '45 s', '60 s', '75 s', '90 s']],
  [20 * minute, ['0', '5 min', '10 min', '15 min', '20 min']],
  [2 * day, ['0', '12 h', '24 h', '36 h', '48 h']],
  [6 * day, ['0', '1 day', '2 days', '3 days', '4 days', '5 days', '6 days']],
  [90 * day, ['0', '14 days', '28 days', '42 days', '56 days', '70 days', '84 days']],
])('%d ms: %j', (longest, texts) => {
  expect(timeTicks(longest).map(({ text }) => text)).toEqual(texts);
});

test('however long: two to eight, evenly apart, none beyond the end', () => {
  assert(
    property(double({ min: 1000, max: 1e13, noNaN: true }), (longest) => {
      const ticks = timeTicks(longest).map(({ at }) => at);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(8);
      expect(ticks.at(-1)).toBeLessThanOrEqual(longest);
      expect(new Set(ticks.slice(1).map((at, index) => at - (ticks[index] ?? 0))).size).toBe(1);
    }),
  );
});
