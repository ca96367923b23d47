import { day, type Periods, startOfPeriod, weekShift } from '../../calendar.ts';
import type { Dialect } from './dialect.ts';
import { firstKeyAt } from './order-key.ts';

/** The period of a row, from its order key: the same arithmetic as `periodAt`. */
export function periodSql(dialect: Dialect, periods: Periods, k = 'k'): string {
  const days = periods.unit === 'week' ? 7 : 1;
  const shift = periods.unit === 'week' ? weekShift(periods) : 0;
  // One period is added and taken away again, because engines round the division of negative numbers up.
  const local = `${k} + ${offsetSql(periods, k, (shift + days) * day)}`;
  const number = `(${dialect.divide(local, firstKeyAt(days * day))} - 1)`;
  return periods.unit === 'month' ? dialect.monthOf(number) : number;
}

/** Which rows are meant: those of all periods unless told otherwise, by their order key in the column `k`. */
interface Among {
  readonly first?: number;
  readonly last?: number;
  readonly k?: string;
}

/** A condition that holds for every row of the periods and keeps the engine from reading much else. */
export function aroundSql(periods: Periods, { first = periods.first, last = periods.last, k = 'k' }: Among = {}): string {
  const from = Math.max(0, startOfPeriod(first, periods) - day);
  return `${k} >= ${firstKeyAt(from)} and ${k} < ${firstKeyAt(startOfPeriod(last + 1, periods) + day)}`;
}

function offsetSql({ offsets }: Periods, k: string, added: number): string {
  const keyOf = (offset: number) => firstKeyAt(offset + added);
  const last = offsets.at(-1)?.offset ?? 0;
  if (offsets.length <= 1) return `${keyOf(last)}`;
  const cases = offsets.slice(0, -1).map(({ until, offset }) => `when ${k} < ${firstKeyAt(until)} then ${keyOf(offset)}`);
  return `(case ${cases.join(' ')} else ${keyOf(last)} end)`;
}

/** A condition for rows whose period lies in [first, last]: the same arithmetic, and bounds that let the engine skip the others. */
export function inPeriodsSql(dialect: Dialect, periods: Periods, among: Among & { readonly first: number; readonly last: number }): string {
  return `${aroundSql(periods, among)} and ${periodSql(dialect, periods, among.k)} between ${among.first} and ${among.last}`;
}
