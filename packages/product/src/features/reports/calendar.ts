import { type ZoneOffset, zoneOffsets } from '../../kernel/zone-offsets.ts';

export type PeriodUnit = 'day' | 'week' | 'month';

/** How time is cut: calendar periods of a time zone. */
export interface Calendar {
  readonly unit: PeriodUnit;
  /** IANA name, for instance `Asia/Kathmandu`. */
  readonly zone: string;
  /** 0 = Sunday … 6 = Saturday; Monday when absent. */
  readonly weekStart?: number | undefined;
}

/**
 * The whole periods that a range of instants touches. Periods are numbered: days since 1 January 1970, weeks
 * likewise, months as year * 12 + month. Differences of these numbers are differences of dates, whatever the
 * clocks did in between.
 */
export interface Periods extends Calendar {
  readonly first: number;
  readonly last: number;
  /** Epoch milliseconds that surround all of the periods and one more on either side; no period ends outside. */
  readonly earliest: number;
  readonly latest: number;
  /** The zone's offsets from `earliest` to `latest`. */
  readonly offsets: readonly ZoneOffset[];
}

export const day = 86_400_000;
/** A period that has nearly passed, the one before it, and two days for offsets and clock changes. */
const margins: Readonly<Record<PeriodUnit, number>> = { day: 4 * day, week: 16 * day, month: 64 * day };

/**
 * @param from epoch milliseconds, at least 0
 * @param to epoch milliseconds, left out; the period of `from` is there even when the range is empty
 */
export function periodsOf(calendar: Calendar, { from, to }: { from: number; to: number }): Periods {
  const earliest = from - margins[calendar.unit];
  const latest = Math.max(from, to) + margins[calendar.unit];
  const offsets = zoneOffsets(calendar.zone, earliest, latest);
  const periods = { ...calendar, first: 0, last: 0, earliest, latest, offsets };
  const first = periodAt(from, periods);
  return { ...periods, first, last: Math.max(first, periodAt(to - 1, periods)) };
}

/** The period of an instant between `earliest` and `latest`. */
export function periodAt(instant: number, periods: Periods): number {
  return periodOfDay(Math.floor((instant + offsetAt(instant, periods)) / day), periods);
}

/** The first instant of a period, epoch milliseconds. Where the clocks skip midnight, the instant at which they do. */
export function startOfPeriod(period: number, periods: Periods): number {
  const local = firstDayOf(period, periods) * day;
  let begin = periods.earliest;
  for (const { until, offset } of periods.offsets) {
    const instant = Math.max(begin, local - offset);
    if (instant < until) return instant;
    begin = until;
  }
  return periods.latest;
}

/** Whether the range has a period at this place, from 0. */
export function hasPlace({ first, last }: Periods, place: number): boolean {
  return place >= 0 && first + place <= last;
}

/** Whether a period is over at an instant. */
export function isOver(period: number, periods: Periods, asOf: number): boolean {
  return startOfPeriod(period + 1, periods) <= asOf;
}

/** The last period of the range that is over at an instant; the one before the first when none is. */
export function lastEnded(periods: Periods, asOf: number): number {
  let last = periods.last;
  while (last >= periods.first && !isOver(last, periods, asOf)) last--;
  return last;
}

/** Days by which day 0, a Thursday, lies after the start of its week. */
export function weekShift({ weekStart = 1 }: Calendar): number {
  return (11 - weekStart) % 7;
}

function offsetAt(instant: number, { offsets }: Periods): number {
  return (offsets.find(({ until }) => instant < until) ?? offsets.at(-1))?.offset ?? 0;
}

function periodOfDay(number: number, calendar: Calendar): number {
  if (calendar.unit === 'day') return number;
  if (calendar.unit === 'week') return Math.floor((number + weekShift(calendar)) / 7);
  const date = new Date(number * day);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function firstDayOf(period: number, calendar: Calendar): number {
  if (calendar.unit === 'day') return period;
  if (calendar.unit === 'week') return period * 7 - weekShift(calendar);
  return Date.UTC(Math.floor(period / 12), period % 12, 1) / day;
}
