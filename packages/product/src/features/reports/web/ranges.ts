import { type DateRange, dateRangeComplaint, datesOf, instantsOf, longestDays } from '../date-range.ts';

const dayMs = 86_400_000;

/** The ranges that are offered: so many days that end now. */
export const ranges = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '56', label: '8 weeks' },
  { value: '84', label: '12 weeks' },
  { value: '90', label: '90 days' },
  { value: '180', label: '6 months' },
  { value: '365', label: '12 months' },
];
export const usualRange = '30';

/**
 * A range as the address has it: `30` is so many days that end now, `2026-01-05..2026-01-31` is from one day to
 * another. Undefined for anything else, also for dates that cannot be asked for.
 */
export function readRange(word: string): { readonly days: number } | { readonly dates: DateRange } | undefined {
  if (/^[1-9]\d{0,3}$/.test(word) && Number(word) <= longestDays) return { days: Number(word) };
  const [from = '', to = '', more] = word.split('..');
  return more === undefined && dateRangeComplaint({ from, to }) === undefined ? { dates: { from, to } } : undefined;
}

/** A range of dates as the address has it. */
export function datesWord({ from, to }: DateRange): string {
  return `${from}..${to}`;
}

/** The instants of a range, milliseconds since 1970; an unknown word is the usual range. Dates are those of the zone. */
export function rangeOf(word: string, { now, zone }: { now: number; zone: string }): { from: number; to: number } {
  const range = readRange(word) ?? { days: Number(usualRange) };
  return 'dates' in range ? instantsOf(range.dates, zone) : { from: now - range.days * dayMs, to: now };
}

/** A range that ends now as the dates that it touches: where choosing dates begins. */
export function asDates(word: string, at: { now: number; zone: string }): DateRange {
  return datesOf(rangeOf(word, at), at.zone);
}
