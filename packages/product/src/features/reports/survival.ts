/**
 * What is known of one person or account at the time of asking, from their start. `reached`: it happened after
 * `time`. `open`: it has not happened in `time`, and still can (censored). `lost`: something came first after which it cannot.
 */
export interface Duration {
  /** Any unit, the same for all; not negative. */
  readonly time: number;
  readonly outcome: 'reached' | 'open' | 'lost';
}

export interface SurvivalPoint {
  readonly time: number;
  /** Who had not reached it before this time, and was still watched. */
  readonly atRisk: number;
  readonly reached: number;
  /** The share that has not reached it by now. */
  readonly share: number;
  /** Greenwood's standard error of the share; 0 when the share is 0. */
  readonly error: number;
}

/** The Kaplan–Meier estimate: one point a time at which somebody reached it. Whoever was lost leaves like the open ones. */
export function kaplanMeier(durations: readonly Duration[]): readonly SurvivalPoint[] {
  let share = 1;
  let variance = 0;
  return atTimes(durations).flatMap(({ time, atRisk, reached }) => {
    if (reached === 0) return [];
    share *= 1 - reached / atRisk;
    variance += reached === atRisk ? 0 : reached / (atRisk * (atRisk - reached));
    return [{ time, atRisk, reached, share, error: share * Math.sqrt(variance) }];
  });
}

/** The first time by which at least this part has reached it; null while it has not. `part` 0.5 is the median. */
export function timeReachedBy(points: readonly SurvivalPoint[], part: number): number | null {
  // Sums of fractions may miss an exact half by a rounding.
  return points.find(({ share }) => share <= 1 - part + 1e-12)?.time ?? null;
}

/** The interval in which the share lies with this certainty, by the logarithm of the share; null when the share is 0. */
export function shareInterval({ share, error }: SurvivalPoint, z = 1.959964): { from: number; to: number } | null {
  if (share === 0) return null;
  const width = (z * error) / share;
  return { from: share * Math.exp(-width), to: Math.min(1, share * Math.exp(width)) };
}

/** The mean time without it, counted no further than `limit`, and its standard error. */
export function restrictedMean(points: readonly SurvivalPoint[], limit: number): { mean: number; error: number } {
  const inside = points.filter(({ time }) => time < limit);
  const areaAfter = (index: number) => {
    const stretch = inside.slice(index).map(({ time, share }, offset) => share * ((inside[index + offset + 1]?.time ?? limit) - time));
    return stretch.reduce((sum, area) => sum + area, 0);
  };
  const variance = inside.reduce((sum, { atRisk, reached }, index) => {
    return atRisk === reached ? sum : sum + (areaAfter(index) ** 2 * reached) / (atRisk * (atRisk - reached));
  }, 0);
  return { mean: (inside[0]?.time ?? limit) + areaAfter(0), error: Math.sqrt(variance) };
}

export interface Moment {
  readonly time: number;
  readonly atRisk: number;
  readonly reached: number;
  readonly lost: number;
}

/** Every time at which something was known, in order. */
export function atTimes(durations: readonly Duration[]): readonly Moment[] {
  const byTime = new Map<number, { all: number; reached: number; lost: number }>();
  for (const { time, outcome } of durations) {
    const moment = byTime.get(time) ?? { all: 0, reached: 0, lost: 0 };
    byTime.set(time, moment);
    moment.all++;
    if (outcome !== 'open') moment[outcome]++;
  }
  let atRisk = durations.length;
  return [...byTime]
    .sort(([a], [b]) => a - b)
    .map(([time, { all, reached, lost }]) => {
      const moment = { time, atRisk, reached, lost };
      atRisk -= all;
      return moment;
    });
}
