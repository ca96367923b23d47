import { atTimes, type Duration } from './survival.ts';

export interface LogRank {
  /** How many of each group reached it, and how many would have if the groups did not differ. */
  readonly groups: readonly [
    { readonly observed: number; readonly expected: number },
    { readonly observed: number; readonly expected: number },
  ];
  readonly chiSquare: number;
  /** The probability of so large a difference by chance. */
  readonly p: number;
}

/** Whether two groups reach it at different speeds; null when nothing can be said. */
export function logRank(one: readonly Duration[], other: readonly Duration[]): LogRank | null {
  const times = one.map(({ time }) => time).sort((a, b) => a - b);
  let gone = 0;
  let expected = 0;
  let variance = 0;
  let all = 0;
  for (const { time, atRisk: n, reached } of atTimes([...one, ...other])) {
    while ((times[gone] ?? Number.POSITIVE_INFINITY) < time) gone++;
    const part = (times.length - gone) / n;
    expected += reached * part;
    all += reached;
    if (n > 1) variance += (reached * part * (1 - part) * (n - reached)) / (n - 1);
  }
  if (variance === 0) return null;
  const observed = one.filter(({ outcome }) => outcome === 'reached').length;
  const chiSquare = (observed - expected) ** 2 / variance;
  return {
    groups: [
      { observed, expected },
      { observed: all - observed, expected: all - expected },
    ],
    chiSquare,
    p: tailOfChiSquare(chiSquare),
  };
}

/** The upper tail of the chi-square distribution with one degree of freedom. */
function tailOfChiSquare(value: number): number {
  return complementaryError(Math.sqrt(value / 2));
}

/** By its continued fraction for large arguments and its series for small ones; relative error below 1e-10. */
function complementaryError(x: number): number {
  if (x < 2) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 100; n++) {
      term *= -(x * x) / n;
      sum += term / (2 * n + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 100; n > 0; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}
