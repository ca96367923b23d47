import { cumulativeIncidence, type IncidencePoint } from './cumulative-incidence.ts';
import { median } from './spread.ts';
import { type Duration, kaplanMeier, restrictedMean, type SurvivalPoint, timeReachedBy } from './survival.ts';
import { timeBetween } from './time-between.ts';

/** When somebody began, reached the value and was lost, as order keys; null for what has not happened. */
export interface ValueRow {
  /** A person's number or an account's id. */
  readonly unit: number | string;
  readonly began: number;
  readonly reached: number | null;
  readonly lost: number | null;
}

/** All times in milliseconds. */
export interface TimeToValue {
  readonly n: number;
  readonly reached: number;
  readonly open: number;
  readonly lost: number;
  /** Times by which a quarter, a half and three quarters have reached it, open ones taken into account; null while they have not. */
  readonly quartiles: { readonly first: number | null; readonly median: number | null; readonly third: number | null };
  /**
   * The mean time, where nobody counts for longer than anybody was watched (`within`), and its standard error; open
   * ones taken into account. Null without anybody.
   */
  readonly mean: { readonly time: number; readonly error: number; readonly within: number } | null;
  readonly curve: readonly SurvivalPoint[];
  /** The share reached by a time when those who are lost stay lost. */
  readonly incidence: readonly IncidencePoint[];
  /** Mean and median of those who have reached it already. Too short by design, since the slow ones are missing: to be shown under this name only. */
  readonly finishedOnly: { readonly mean: number | null; readonly median: number | null };
}

/** @param asOf epoch milliseconds up to which rows are known */
export function timeToValue(rows: readonly ValueRow[], asOf: number): TimeToValue {
  const durations = rows.map((row) => durationOf(row, asOf));
  const curve = kaplanMeier(durations);
  const count = (outcome: Duration['outcome']) => durations.filter((duration) => duration.outcome === outcome).length;
  const finished = durations.filter(({ outcome }) => outcome === 'reached').map(({ time }) => time);
  return {
    n: durations.length,
    reached: finished.length,
    open: count('open'),
    lost: count('lost'),
    quartiles: { first: timeReachedBy(curve, 0.25), median: timeReachedBy(curve, 0.5), third: timeReachedBy(curve, 0.75) },
    mean: durations.length === 0 ? null : meanOf(curve, durations),
    curve,
    incidence: cumulativeIncidence(durations),
    finishedOnly: {
      mean: finished.length === 0 ? null : finished.reduce((sum, time) => sum + time, 0) / finished.length,
      median: median(finished),
    },
  };
}

function meanOf(curve: readonly SurvivalPoint[], durations: readonly Duration[]): TimeToValue['mean'] {
  const within = durations.reduce((longest, { time }) => Math.max(longest, time), 0);
  const { mean, error } = restrictedMean(curve, within);
  return { time: mean, error, within };
}

/** The value counts when it comes no later than the loss. What was reached before the beginning took no time. */
export function durationOf({ began, reached, lost }: ValueRow, asOf: number): Duration {
  const since = (k: number) => Math.max(0, timeBetween(began, k));
  if (reached !== null && (lost === null || reached <= lost)) return { time: since(reached), outcome: 'reached' };
  if (lost !== null) return { time: since(lost), outcome: 'lost' };
  return { time: asOf - Math.floor(began / 4096), outcome: 'open' };
}
