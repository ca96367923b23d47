import { dayLength, zoneOf } from '../../kernel/zone.ts';

/** A range by its first and its last day, both in it: `YYYY-MM-DD`, the dates of a time zone. */
export interface DateRange {
  readonly from: string;
  readonly to: string;
}

/** A report covers at most so many days: three years, one of them a leap year. */
export const longestDays = 1096;
/** The dates whose order keys are exact, in every zone. */
const [earliest, latest] = ['1970-01-02', '2038-12-31'];

/** What is wrong with a range, in a sentence for the reader; undefined when nothing is. */
export function dateRangeComplaint({ from, to }: DateRange): string | undefined {
  const [first, last] = [dayOf(from), dayOf(to)];
  if (first === undefined) return 'Choose the first day.';
  if (last === undefined) return 'Choose the last day.';
  if (first > last) return 'The first day comes after the last.';
  if (from < earliest || to > latest) return `Choose days from ${earliest.slice(0, 4)} to ${latest.slice(0, 4)}.`;
  return last - first + 1 > longestDays ? 'At most three years. Take a shorter range.' : undefined;
}

/**
 * The instants of a range without a complaint, epoch milliseconds, `to` left out: from the start of the first day in
 * the zone to the end of the last. A zone that is not known counts as UTC.
 */
export function instantsOf({ from, to }: DateRange, zone: string): { from: number; to: number } {
  const known = zoneOf(zone);
  const start = (day: number) => known?.startOfDay(day) ?? day * dayLength;
  return { from: start(dayOf(from) ?? 0), to: start((dayOf(to) ?? 0) + 1) };
}

/** The dates that a range of instants touches in a zone. */
export function datesOf({ from, to }: { from: number; to: number }, zone: string): DateRange {
  const known = zoneOf(zone);
  const dateAt = (instant: number) => {
    const day = known?.dayAt(instant) ?? Math.floor(instant / dayLength);
    return new Date(day * dayLength).toISOString().slice(0, 10);
  };
  return { from: dateAt(from), to: dateAt(Math.max(from, to - 1)) };
}

/** Days since 1 January 1970; undefined for what is no date, such as 30 February. */
function dayOf(date: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  const instant = Date.parse(`${date}T00:00:00Z`);
  const exists = !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(date);
  return exists ? instant / dayLength : undefined;
}
