import { expect, test } from 'vitest';
import { dailyByMonthly, tabulateStickiness } from './stickiness.ts';

const days = (count: number) => Array.from({ length: count }, (_, index) => index);

test('the fixture of the definitions: four people active on 30, 15, 3 and 1 of 30 days', () => {
  const { ofLast } = dailyByMonthly([days(30), days(15), days(3), [29]], { first: 0, last: 29 });
  expect(ofLast).toBeCloseTo(0.40833, 5);
});

test('a day without anybody in its month is skipped', () => {
  expect(dailyByMonthly([[10]], { first: 0, last: 10 }, 5)).toEqual({ mean: 1, ofLast: 1 / 11 });
  expect(dailyByMonthly([], { first: 0, last: 10 })).toEqual({ mean: null, ofLast: null });
});

test('numbers of periods that nobody had are there', () => {
  expect(tabulateStickiness([{ periods: 2, people: 5 }], 3)).toEqual({
    people: [
      { periods: 1, people: 0, atLeast: 5 },
      { periods: 2, people: 5, atLeast: 5 },
      { periods: 3, people: 0, atLeast: 0 },
    ],
    n: 5,
  });
});
