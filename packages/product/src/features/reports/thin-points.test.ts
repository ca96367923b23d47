import { array, assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { thinPoints } from './thin-points.ts';

const points = array(integer({ min: 0, max: 10_000 }), { maxLength: 300 }).map((times) =>
  [...new Set(times)].sort((a, b) => a - b).map((time) => ({ time })),
);

test('few points, in order, the last one among them', () => {
  assert(
    property(points, integer({ min: 2, max: 50 }), (all, most) => {
      const thin = thinPoints(all, most);
      expect(thin.length).toBeLessThanOrEqual(most);
      expect(thin.every((point) => all.includes(point))).toBe(true);
      expect(thin.at(-1)).toEqual(all.at(-1));
      expect([...thin]).toEqual([...thin].sort((a, b) => a.time - b.time));
    }),
  );
});

test('what is short enough stays whole', () => {
  const all = [{ time: 1 }, { time: 2 }];
  expect(thinPoints(all, 2)).toBe(all);
});
