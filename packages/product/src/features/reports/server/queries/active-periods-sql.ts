import { day, type Periods } from '../../calendar.ts';
import type { EventPick } from '../../event-pick.ts';
import type { Dialect } from './dialect.ts';
import { firstKeyAfter, firstKeyAt } from './order-key.ts';
import { aroundSql, periodSql } from './period-sql.ts';
import { nameOf, pickSql } from './pick-sql.ts';
import { type SplitDays, splitDays } from './split-days.ts';

/** Who is asked for: those who did it, in which of the periods from `first` to `last`. */
export interface Activity {
  readonly scope: string;
  readonly pick: EventPick;
  readonly periods: Periods;
  readonly first: number;
  readonly last: number;
  /** What happened later is left out; epoch milliseconds. */
  readonly asOf: number;
}

/** Days of one number in the view of days, and periods of one number here. */
const bits = 64;
/** Every person is held against every period, so of very many periods the rows themselves are cheaper. */
const mostPeriods = 128;

/** A statement for rows (person, period), each once: the periods in which a person did what is asked for. */
export function activePeriodsSql(dialect: Dialect, activity: Activity): string {
  const days = splitDays(activity.periods, activity);
  const few = activity.last - activity.first < mostPeriods;
  const worth = days.whole.length > 0 && 2 * days.partial.length <= days.whole.length;
  return few && worth && isKept(dialect, activity.pick) ? fromDays(dialect, activity, days) : fromRows(dialect, activity);
}

/** A statement for rows (person, began): the order key of the first time, up to `asOf`. Without a pick, of anything. */
export function firstTimesSql(dialect: Dialect, { scope, pick, asOf }: { scope: string; pick?: EventPick; asOf: number }): string {
  const until = firstKeyAfter(asOf);
  if (dialect.engine !== 'duckdb' || (pick && !isKept(dialect, pick))) {
    const picked = pick ? ` and ${pickSql(dialect, pick)}` : '';
    return `select person, min(k) as began from rows where scope = ${dialect.text(scope)} and k < ${until}${picked} group by person`;
  }
  const from = pick ? daysOf(dialect, scope, pick) : `kind_days where scope = ${dialect.text(scope)}`;
  return `select person, min(first) as began from ${from} and first < ${until} group by person`;
}

/** Whether the warehouse keeps the days of what is asked for. */
function isKept({ engine }: Dialect, { where }: EventPick): boolean {
  return engine === 'duckdb' && (where ?? []).length === 0;
}

function daysOf(dialect: Dialect, scope: string, pick: EventPick): string {
  const inScope = `scope = ${dialect.text(scope)}`;
  if (pick.type === 'any') return `kind_days where ${inScope} and kind = 'event'`;
  return `word_days where ${inScope} and kind = '${pick.type}' and name = ${dialect.text(nameOf(pick))}`;
}

function known(dialect: Dialect, { scope, asOf, pick }: Activity): string {
  return `scope = ${dialect.text(scope)} and k < ${firstKeyAfter(asOf)} and ${pickSql(dialect, pick)}`;
}

function fromRows(dialect: Dialect, activity: Activity): string {
  const { periods, first, last } = activity;
  return `select person, period from (select person, ${periodSql(dialect, periods)} as period from rows
      where ${known(dialect, activity)} and ${aroundSql(periods, { first })} group by person, period) as dated
    where period between ${first} and ${last}`;
}

/**
 * From a number of days a person, and a look at which periods it touches. Days that belong to no single period are
 * read from the rows; their periods become bits in numbers of their own, below zero.
 */
function fromDays(dialect: Dialect, activity: Activity, { whole, partial }: SplitDays): string {
  const { scope, pick, first, last } = activity;
  const marks = new Map<number, Map<number, bigint>>();
  const mark = (period: number, place: number, chunk = Math.floor(place / bits)) => {
    const ofChunk = marks.get(chunk) ?? new Map<number, bigint>();
    marks.set(chunk, ofChunk.set(period, (ofChunk.get(period) ?? 0n) | (1n << BigInt(place - Math.floor(place / bits) * bits))));
  };
  for (const { day: number, period } of whole) mark(period, number);
  const chunks = [...marks.keys()];
  const sources =
    chunks.length === 0 ? [] : [`select person, chunk, days from ${daysOf(dialect, scope, pick)} and chunk in (${chunks.join(', ')})`];
  if (partial.length > 0) {
    for (let period = first; period <= last; period++) mark(period, period - first, -1 - Math.floor((period - first) / bits));
    sources.push(partialSql(dialect, activity, partial));
  }
  const columns = [...marks.keys()];
  const merged = columns.map((chunk, index) => `coalesce(bit_or(days) filter (where chunk = ${chunk}), 0::ubigint) as own${index}`);
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const table = numbers.map(
    (period) => `(${[period, ...columns.map((chunk) => `${marks.get(chunk)?.get(period) ?? 0n}::ubigint`)].join(', ')})`,
  );
  return `select person, period
    from (select person, ${merged.join(', ')} from (${sources.join(' union all ')}) as found group by person) as people,
      (values ${table.join(', ')}) as marks(period, ${columns.map((_, index) => `mark${index}`).join(', ')})
    where (${columns.map((_, index) => `(own${index} & mark${index})`).join(' | ')}) <> 0`;
}

function partialSql(dialect: Dialect, activity: Activity, partial: readonly number[]): string {
  const { periods, first, last } = activity;
  const stretches = partial.map((number) => `(k >= ${firstKeyAt(number * day)} and k < ${firstKeyAt((number + 1) * day)})`);
  return `select person, (-1 - (period - ${first}) // ${bits})::smallint as chunk, 1::ubigint << ((period - ${first}) % ${bits})::ubigint as days
    from (select person, ${periodSql(dialect, periods)} as period from rows where ${known(dialect, activity)} and (${stretches.join(' or ')})) as dated
    where period between ${first} and ${last}`;
}
