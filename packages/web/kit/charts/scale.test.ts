import { expect, test } from 'vitest';
import { labelledPlaces, roundTicks } from './scale.ts';

test.each([
  [0, [0, 1]],
  [1, [0, 0.25, 0.5, 0.75, 1]],
  [7, [0, 2, 4, 6, 8]],
  [100, [0, 25, 50, 75, 100]],
  [1234, [0, 500, 1000, 1500]],
])('ticks up to %d', (most, ticks) => {
  expect(roundTicks(most)).toEqual(ticks);
});

test.each([
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [9, [0, 5, 10]],
  [100, [0, 25, 50, 75, 100]],
])('whole ticks up to %d', (most, ticks) => {
  expect(roundTicks(most, { whole: true })).toEqual(ticks);
});

test('labels that do not fit are left out, never the last', () => {
  expect([...labelledPlaces(3, 300, 60)]).toEqual([0, 1, 2]);
  expect([...labelledPlaces(10, 300, 60)]).toEqual([1, 3, 5, 7, 9]);
  expect([...labelledPlaces(0, 300, 60)]).toEqual([]);
});
