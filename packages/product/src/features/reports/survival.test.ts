import { describe, expect, test } from 'vitest';
import aml from '../../../../../spec/queries/aml.json';
import telco from '../../../../../spec/queries/telco.json';
import { comparedTimes } from './compared-times.ts';
import { cumulativeIncidence } from './cumulative-incidence.ts';
import { logRank } from './log-rank.ts';
import { type Duration, kaplanMeier, restrictedMean, shareInterval, timeReachedBy } from './survival.ts';
import type { ValueRow } from './time-to-value.ts';

/** `9` was reached at 9, `13+` is open since 13, `5x` was lost at 5. */
function durations(text: string): Duration[] {
  const outcomes = { '+': 'open', x: 'lost', '': 'reached' } as const;
  return text.split(', ').map((word) => {
    const [, time = '', mark = ''] = /^(\d+)([+x]?)$/.exec(word) ?? [];
    return { time: Number(time), outcome: outcomes[mark as keyof typeof outcomes] };
  });
}

test('the fixture of the definitions', () => {
  const points = kaplanMeier(durations('10, 14, 14, 21, 30, 12+, 25+, 40+'));
  expect(points.map(({ time, share }) => [time, Math.round(share * 1e6) / 1e6])).toEqual([
    [10, 0.875],
    [14, 0.583333],
    [21, 0.4375],
    [30, 0.21875],
  ]);
  expect(timeReachedBy(points, 0.5)).toBe(21);
  expect(timeReachedBy(points, 0.25)).toBe(14);
  expect(timeReachedBy(points, 0.9)).toBeNull();
});

test('the mean of the same, up to 40: the area under the steps', () => {
  const points = kaplanMeier(durations('10, 14, 14, 21, 30, 12+, 25+, 40+'));
  expect(restrictedMean(points, 40).mean).toBeCloseTo(10 + 0.875 * 4 + (0.875 * 4 * 7) / 6 + 0.4375 * 9 + 0.21875 * 10, 9);
});

test('nobody, and everybody at once', () => {
  expect(kaplanMeier([])).toEqual([]);
  expect(kaplanMeier(durations('3, 3'))).toEqual([{ time: 3, atRisk: 2, reached: 2, share: 0, error: 0 }]);
  expect(cumulativeIncidence([])).toEqual([]);
  expect(logRank([], [])).toBeNull();
});

describe('aml', () => {
  for (const group of ['maintained', 'nonmaintained'] as const) {
    test(`${group}: shares and Greenwood's errors`, () => {
      const points = kaplanMeier(durations(aml[group].durations));
      expect(points.map(({ time }) => time)).toEqual(aml[group].points.map(([time]) => time));
      for (const [index, [, share = 0, error]] of aml[group].points.entries()) {
        expect(Math.abs((points[index]?.share ?? 9) - share)).toBeLessThan(1e-6);
        if (error !== undefined) expect(Math.abs((points[index]?.error ?? 9) - error)).toBeLessThan(1e-6);
      }
    });
  }

  test('the log-rank test, and the median of both groups together', () => {
    const [one, other] = [durations(aml.maintained.durations), durations(aml.nonmaintained.durations)];
    const result = logRank(one, other);
    expect(result?.groups.map(({ observed }) => observed)).toEqual([7, 11]);
    expect(result?.groups[0].expected).toBeCloseTo(10.689, 3);
    expect(result?.groups[1].expected).toBeCloseTo(7.311, 3);
    expect(result?.chiSquare).toBeCloseTo(3.396, 3);
    expect(result?.p).toBeCloseTo(0.065, 3);
    expect(timeReachedBy(kaplanMeier([...one, ...other]), 0.5)).toBe(27);
  });
});

test('two ranges in a row: each row in its own, and the test between them whichever way it is asked', () => {
  const row = (unit: number, began: number, took: number | null): ValueRow => {
    return { unit, began: began * 4096, reached: took === null ? null : (began + took) * 4096, lost: null };
  };
  const rows = [row(1, 10, 5), row(2, 20, 9), row(3, 30, null), row(4, 100, 1), row(5, 110, 2), row(6, 120, 2), row(7, 199, null)];
  const { range, before, test } = comparedTimes(rows, { from: 100 * 4096, asOf: 200 });
  expect([before.n, before.quartiles.median, range.n, range.quartiles.median]).toEqual([3, 9, 4, 2]);
  expect(test?.groups[0].observed).toBe(3);
  const [now, then] = [durations('1, 2, 2, 1+'), durations('5, 9, 170+')];
  expect(test).toEqual(logRank(now, then));
  expect(logRank(then, now)?.p).toBeCloseTo(test?.p ?? 9, 12);
});

describe('telco', () => {
  const rows = telco.lifeTable.split(' ').flatMap((entry): Duration[] => {
    const [time = 0, churned = 0, active = 0] = entry.split(/[:/]/).map(Number);
    const many = (count: number, outcome: Duration['outcome']) => Array.from({ length: count }, () => ({ time, outcome }));
    return [...many(churned, 'reached'), ...many(active, 'open')];
  });
  const points = kaplanMeier(rows);
  const at = (time: number) =>
    points.filter((point) => point.time <= time).at(-1) ?? { time: 0, atRisk: 0, reached: 0, share: 1, error: 0 };

  test('all customers of the life table', () => {
    expect(rows.length).toBe(7043);
    expect(rows.filter(({ outcome }) => outcome === 'reached').length).toBe(1869);
  });

  test.each(telco.shares.map(([time = 0, share = 0]) => [time, share] as const))('share at %i', (time, share) => {
    expect(Math.abs(at(time).share - share)).toBeLessThan(1e-6);
  });

  test.each(telco.errors.map(([time = 0, error = 0]) => [time, error] as const))('error at %i', (time, error) => {
    expect(Math.abs(at(time).error - error)).toBeLessThan(1e-6);
  });

  test('restricted mean and interval', () => {
    const { mean, error } = restrictedMean(points, 72);
    expect(mean).toBeCloseTo(54.5, 1);
    expect(error).toBeCloseTo(0.348, 3);
    expect(shareInterval(at(72))?.from).toBeCloseTo(0.573665, 6);
    expect(shareInterval(at(72))?.to).toBeCloseTo(0.612553, 6);
  });
});

test('who is lost does not come to the value later', () => {
  const rows = durations('1, 2x, 3, 4x');
  const points = cumulativeIncidence(rows);
  expect(points.at(-1)).toEqual({ time: 4, reached: 0.5, lost: 0.5 });
  // Kaplan–Meier alone would say more.
  expect(1 - (kaplanMeier(rows).at(-1)?.share ?? 1)).toBe(0.625);
  expect(points.map(({ time, reached }) => [time, reached])).toEqual([
    [1, 0.25],
    [2, 0.25],
    [3, 0.5],
    [4, 0.5],
  ]);
});

test('without anybody lost it is one minus Kaplan–Meier', () => {
  const rows = durations('10, 14, 14, 21, 30, 12+, 25+, 40+');
  const shares = kaplanMeier(rows).map(({ share }) => share);
  expect(cumulativeIncidence(rows).map(({ reached }) => Math.round((1 - reached) * 1e9))).toEqual(
    shares.map((share) => Math.round(share * 1e9)),
  );
});
