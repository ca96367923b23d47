import { type LogRank, logRank } from './log-rank.ts';
import { durationOf, type TimeToValue, timeToValue, type ValueRow } from './time-to-value.ts';

/** The time to value of those who began in a range, and of those who began in the range before. */
export interface ComparedTimes {
  readonly range: TimeToValue;
  readonly before: TimeToValue;
  /** Of the range against the one before; null when nothing can be said. */
  readonly test: LogRank | null;
}

/** @param from the order key at which the range begins; who began earlier belongs to the one before */
export function comparedTimes(rows: readonly ValueRow[], { from, asOf }: { from: number; asOf: number }): ComparedTimes {
  const [now, then] = [rows.filter(({ began }) => began >= from), rows.filter(({ began }) => began < from)];
  const durations = (group: readonly ValueRow[]) => group.map((row) => durationOf(row, asOf));
  return { range: timeToValue(now, asOf), before: timeToValue(then, asOf), test: logRank(durations(now), durations(then)) };
}
