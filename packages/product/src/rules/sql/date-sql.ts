import { type Zone, zoneOf } from '../../kernel/zone.ts';
import { type DateQuestion, parseDate } from '../dates.ts';
import { constantSql, yesIfSql } from './answer-sql.ts';
import { fromDaySql } from './day-sql.ts';
import type { DateColumns } from './json-values.ts';

/** A day or an instant that is compared: what must hold of either. */
interface DateTest {
  ofDay(day: string): string;
  ofInstant(instant: string): string;
}

/** A date question in its zone. `zone` is a name, as rules have it. */
export interface ZonedQuestion {
  readonly question: DateQuestion;
  readonly zone: string | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What `compareDate` answers for an instant that is there. */
export function compareInstantSql(asked: ZonedQuestion, instant: string): string {
  const test = dateTest(asked);
  return test ? yesIfSql(test.ofInstant(instant)) : constantSql('unknown');
}

/** What `compareDate` answers for a text that is there: unknown for one that is no date. */
export function compareDateSql(asked: ZonedQuestion, { valid, isDay, day, instant }: DateColumns): string {
  const test = dateTest(asked);
  if (!test) return constantSql('unknown');
  return `case when not ${valid} then 1 when ${isDay} then ${yesIfSql(test.ofDay(day))} else ${yesIfSql(test.ofInstant(instant))} end`;
}

/** Undefined for a question that has no answer: no such zone, or a value that the operator does not take. */
function dateTest({ question: { operator, value }, zone: name, now }: ZonedQuestion): DateTest | undefined {
  const zone = zoneOf(name ?? '');
  if (!zone) return undefined;
  if (operator === 'before' || operator === 'after') {
    const wanted = parseDate(value);
    if (!wanted) return undefined;
    const limit = 'instant' in wanted ? wanted.instant : zone.startOfDay(wanted.day);
    return operator === 'before' ? beforeTest(zone, limit) : afterTest(zone, limit);
  }
  if (typeof value !== 'number') return undefined;
  const today = zone.dayAt(now);
  const from = (first: number): DateTest => ({
    ofDay: (day) => `${day} >= ${first}`,
    ofInstant: (instant) => fromDaySql(zone, first, instant),
  });
  switch (operator) {
    case 'days_ago_at_least':
      return opposite(from(today - value + 1));
    case 'days_ago_at_most':
      return both(from(today - value), opposite(from(today + 1)));
    case 'days_until_at_least':
      return from(today + value);
    case 'days_until_at_most':
      return both(from(today), opposite(from(today + value + 1)));
  }
}

/** A day is as early as its first instant: the last day that begins before the limit is the last one before it. */
function beforeTest(zone: Zone, limit: number): DateTest {
  return { ofDay: (day) => `${day} < ${firstDayFrom(zone, limit)}`, ofInstant: (instant) => `${instant} < ${limit}` };
}

function afterTest(zone: Zone, limit: number): DateTest {
  return { ofDay: (day) => `${day} >= ${firstDayFrom(zone, limit + 1)}`, ofInstant: (instant) => `${instant} > ${limit}` };
}

/** The first day that begins at an instant or later. */
function firstDayFrom(zone: Zone, instant: number): number {
  let day = zone.dayAt(instant) - 2;
  while (zone.startOfDay(day) < instant) day++;
  return day;
}

function opposite(test: DateTest): DateTest {
  return { ofDay: (day) => `not (${test.ofDay(day)})`, ofInstant: (instant) => `not (${test.ofInstant(instant)})` };
}

function both(one: DateTest, other: DateTest): DateTest {
  return {
    ofDay: (day) => `(${one.ofDay(day)} and ${other.ofDay(day)})`,
    ofInstant: (instant) => `(${one.ofInstant(instant)} and ${other.ofInstant(instant)})`,
  };
}
