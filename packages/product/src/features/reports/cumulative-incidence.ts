import { atTimes, type Duration } from './survival.ts';

export interface IncidencePoint {
  readonly time: number;
  /** The share that has reached it by now. */
  readonly reached: number;
  /** The share that was lost by now. */
  readonly lost: number;
}

/**
 * The Aalen–Johansen estimate: the share that reached it by a time when others are lost on the way. One minus
 * Kaplan–Meier would promise the value also to those who can no longer come to it. One point a time at which
 * somebody reached it or was lost; the two shares and who is left make one.
 */
export function cumulativeIncidence(durations: readonly Duration[]): readonly IncidencePoint[] {
  let left = 1;
  let reached = 0;
  let lost = 0;
  return atTimes(durations).flatMap((moment) => {
    if (moment.reached + moment.lost === 0) return [];
    reached += (left * moment.reached) / moment.atRisk;
    lost += (left * moment.lost) / moment.atRisk;
    left *= 1 - (moment.reached + moment.lost) / moment.atRisk;
    return [{ time: moment.time, reached, lost }];
  });
}
