import { dayLength, type Zone } from '../kernel/zone.ts';
import { type Finding, finding, yesIf } from './answer.ts';
import type { DateOperator } from './rule.ts';

/** A calendar date, by its day number, or an instant in epoch milliseconds. */
export type ParsedDate = { readonly day: number } | { readonly instant: number };

const form = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d))?$/;

/**
 * Reads a date as rules know it: ISO 8601, `2026-03-29`, or an instant with its offset, `2026-03-29T08:15:00Z`
 * (seconds and their fraction may be absent, fractions are cut to milliseconds). Years 1900 to 2299, which every
 * engine can hold. Undefined for anything else, also for a date that no calendar has.
 */
export function parseDate(value: unknown): ParsedDate | undefined {
  const parts = typeof value === 'string' ? form.exec(value) : null;
  if (!parts) return undefined;
  const [year, month, date] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const midnight = Date.UTC(year, month - 1, date);
  if (year < 1900 || year > 2299 || new Date(midnight).getUTCMonth() !== month - 1) return undefined;
  if (parts[4] === undefined) return { day: midnight / dayLength };
  const [hours, minutes, seconds] = [Number(parts[4]), Number(parts[5]), Number(parts[6] ?? 0)];
  const offset = parseOffset(parts[8] ?? 'Z');
  if (hours > 23 || minutes > 59 || seconds > 59 || offset === undefined) return undefined;
  const milliseconds = Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0'));
  return { instant: midnight + ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds - offset };
}

/** Milliseconds ahead of UTC. */
function parseOffset(text: string): number | undefined {
  if (text === 'Z') return 0;
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(4))];
  if (hours > 23 || minutes > 59) return undefined;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** A date condition, as far as it is not about the date itself. */
export interface DateQuestion {
  readonly operator: DateOperator;
  readonly value: unknown;
}

/**
 * Compares a date. Undefined when the value asked for is not one that the operator takes.
 *
 * @param now epoch milliseconds
 */
export function compareDate(
  date: ParsedDate,
  { operator, value }: DateQuestion,
  { zone, now }: { zone: Zone; now: number },
): Finding | undefined {
  if (operator === 'before' || operator === 'after') {
    const wanted = parseDate(value);
    if (!wanted) return undefined;
    const [found, limit] = [instantOf(date, zone), instantOf(wanted, zone)];
    return finding(yesIf(operator === 'before' ? found < limit : found > limit), null);
  }
  if (typeof value !== 'number') return undefined;
  const today = zone.dayAt(now);
  const [from, to] = daysInside(operator, dayOf(date, zone), value);
  const next = today < from ? from : today < to ? to : Number.POSITIVE_INFINITY;
  return finding(yesIf(today >= from && today < to), null, dayChange(zone, next, now));
}

/** The days that may be today: from the first to the second, left out. */
function daysInside(operator: Exclude<DateOperator, 'before' | 'after'>, day: number, days: number): readonly [number, number] {
  const ever = Number.POSITIVE_INFINITY;
  switch (operator) {
    case 'days_ago_at_least':
      return [day + days, ever];
    case 'days_ago_at_most':
      return [day, day + days + 1];
    case 'days_until_at_least':
      return [-ever, day - days + 1];
    case 'days_until_at_most':
      return [day - days, day + 1];
  }
}

/** When a day begins that is still to come (infinite = never), or, earlier, when the date falls back. */
export function dayChange(zone: Zone, day: number, now: number): number | undefined {
  const back = zone.dateFallsBack(now);
  const next = Number.isFinite(day) ? zone.startOfDay(day, now) : undefined;
  return next === undefined || (back !== undefined && back < next) ? back : next;
}

function instantOf(date: ParsedDate, zone: Zone): number {
  return 'instant' in date ? date.instant : zone.startOfDay(date.day);
}

function dayOf(date: ParsedDate, zone: Zone): number {
  return 'day' in date ? date.day : zone.dayAt(date.instant);
}
