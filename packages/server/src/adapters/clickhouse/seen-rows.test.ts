import { expect, test } from 'vitest';
import { type Bound, boundsThatShow, overSeenRows } from './seen-rows.ts';

const bound = (epoch: number, partition_number: number, position: number): Bound => ({ epoch, partition_number, position });

test('a bound is left out when its epoch got no further than the one before, in its own partition', () => {
  const [first, later] = [bound(1, 0, 5), bound(4, 0, 9)];
  const other = bound(3, 1, 5);
  const bounds = [first, bound(2, 0, 5), bound(3, 0, 5), other, later, bound(4, 1, 5), bound(5, 0, 9)];
  for (const order of [bounds, bounds.toReversed()]) expect(new Set(boundsThatShow(order))).toEqual(new Set([first, other, later]));
});

test('one whose epoch before is not told stays, and one that confirmed nothing does not', () => {
  expect(boundsThatShow([bound(7, 0, 3), bound(7, 1, 0)])).toEqual([bound(7, 0, 3)]);
});

test('a question over thousands of empty epochs is as long as over one', () => {
  const empty = Array.from({ length: 20_000 }, (_, index) => bound(index + 1, 0, 12));
  expect(overSeenRows('select 1', empty)).toBe(overSeenRows('select 1', empty.slice(0, 1)));
});
