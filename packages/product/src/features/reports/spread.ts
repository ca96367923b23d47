/** How durations lie, in milliseconds. */
export interface Spread {
  readonly count: number;
  readonly median: number;
  readonly mean: number;
  /** The smallest duration that at least nine in ten do not exceed. */
  readonly p90: number;
  /** Every bin from the first to the last one that holds anything; `to` is left out, and null in the open last bin. */
  readonly histogram: readonly { readonly from: number; readonly to: number | null; readonly count: number }[];
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Where bins begin: steps in which people think of waiting. */
const bounds = [0, minute, 5 * minute, 15 * minute, hour, 6 * hour, day, 3 * day, 7 * day, 14 * day, 30 * day, 90 * day];

/** Null of nothing. */
export function spreadOf(durations: readonly number[]): Spread | null {
  // Typed numbers are sorted much faster than a list with a comparison.
  const sorted = Float64Array.from(durations).sort();
  const middle = middleOf(sorted);
  if (middle === null) return null;
  return {
    count: sorted.length,
    median: middle,
    mean: sorted.reduce((sum, duration) => sum + duration, 0) / sorted.length,
    p90: sorted[Math.ceil(sorted.length * 0.9) - 1] ?? 0,
    histogram: histogramOf(sorted),
  };
}

/** The middle value, or the mean of the two middle ones; null of nothing. */
export function median(values: readonly number[]): number | null {
  return middleOf(Float64Array.from(values).sort());
}

function middleOf(sorted: Float64Array): number | null {
  if (sorted.length === 0) return null;
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

function histogramOf(sorted: Float64Array): Spread['histogram'] {
  const counts = bounds.map(() => 0);
  let bin = 0;
  for (const duration of sorted) {
    while (duration >= (bounds[bin + 1] ?? Number.POSITIVE_INFINITY)) bin++;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const used = counts.map((count) => count > 0);
  const bins = bounds.map((from, index) => ({ from, to: bounds[index + 1] ?? null, count: counts[index] ?? 0 }));
  return bins.slice(used.indexOf(true), used.lastIndexOf(true) + 1);
}
