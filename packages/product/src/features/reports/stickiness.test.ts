import { expect, test } from 'vitest';
import { tabulateStickiness } from './stickiness.ts';

test('the fixture of the definitions: four people active on 30, 15, 3 and 1 of 30 days', () => {
  const rows = [30, 15, 3, 1].map((periods) => ({ periods, ended: periods, people: 1 }));
  expect(tabulateStickiness(rows, { length: 30, ended: 30 }).average).toBeCloseTo(0.40833, 5);
});

test('what is not over yet is left out of the average, and who was active there alone', () => {
  const rows = [
    { periods: 2, ended: 1, people: 1 },
    { periods: 1, ended: 0, people: 5 },
    { periods: 1, ended: 1, people: 1 },
  ];
  expect(tabulateStickiness(rows, { length: 3, ended: 2 })).toMatchObject({ n: 7, average: 2 / (2 * 2) });
  expect(tabulateStickiness(rows.slice(1, 2), { length: 1, ended: 0 })).toMatchObject({ n: 5, average: null });
});

test('numbers of periods that nobody had are there', () => {
  expect(tabulateStickiness([{ periods: 2, ended: 2, people: 5 }], { length: 3, ended: 3 })).toEqual({
    people: [
      { periods: 1, people: 0, atLeast: 5 },
      { periods: 2, people: 5, atLeast: 5 },
      { periods: 3, people: 0, atLeast: 0 },
    ],
    n: 5,
    average: 2 / 3,
  });
});
