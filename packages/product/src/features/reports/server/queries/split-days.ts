import { day, type Periods, periodAt, startOfPeriod } from '../../calendar.ts';

/** Days (UTC, counted from 1970) of a range of periods. */
export interface SplitDays {
  /** Days that lie in one period from end to end. */
  readonly whole: readonly { readonly day: number; readonly period: number }[];
  /** Days in which a period ends, the clocks change, or the time up to which is counted runs out. */
  readonly partial: readonly number[];
}

/**
 * Which days say by themselves to which period they belong. In zones whose midnight is UTC's all of them do, for
 * weeks elsewhere six in seven.
 *
 * @param asOf what happens later is left out, epoch milliseconds
 */
export function splitDays(periods: Periods, { first, last, asOf }: { first: number; last: number; asOf: number }): SplitDays {
  const whole: { day: number; period: number }[] = [];
  const partial: number[] = [];
  // A day more on either side, for local days begin earlier or later than the days that are counted here.
  const from = Math.max(0, Math.floor(startOfPeriod(first, periods) / day) - 1);
  const to = Math.min(Math.floor(asOf / day), Math.floor(startOfPeriod(last + 1, periods) / day) + 1);
  for (let number = from; number <= to; number++) {
    const [begin, end] = [number * day, (number + 1) * day - 1];
    const [period, latest] = [periodAt(begin, periods), periodAt(end, periods)];
    const turns = periods.offsets.some(({ until }) => until > begin && until <= end);
    if (turns || period !== latest || end > asOf) partial.push(number);
    else if (period >= first && period <= last) whole.push({ day: number, period });
  }
  return { whole, partial };
}
