import { isOver, type Periods, startOfPeriod } from './calendar.ts';
import { compareColumns, type GroupKey, keyOf, nameOf, type ValueColumns } from './property-groups.ts';

/** A figure of a period and a group. */
export interface TrendRow extends ValueColumns {
  readonly period: number;
  /** 1 when this is what came after the first few values together; the columns of the value are empty then. */
  readonly other: number;
  readonly count: number;
  /** The group's figure over the whole range, by which groups are listed. */
  readonly total: number;
}

export interface TrendResult {
  /** One entry a period; `start` in epoch milliseconds; not complete while it is not over. */
  readonly periods: readonly { readonly start: number; readonly complete: boolean }[];
  /** One figure a period. Without a breakdown one series, of the key `none`. */
  readonly series: readonly { readonly key: GroupKey; readonly total: number; readonly counts: readonly number[] }[];
}

/** The largest groups first, then the rest, then those without the property. */
export function tabulateTrend(rows: readonly TrendRow[], { periods, asOf }: { periods: Periods; asOf: number }): TrendResult {
  const numbers = Array.from({ length: periods.last - periods.first + 1 }, (_, index) => periods.first + index);
  const groups = new Map<string, { key: GroupKey; first: TrendRow; counts: Map<number, number> }>();
  for (const row of rows) {
    const key: GroupKey = row.other === 1 ? { type: 'other' } : keyOf(row);
    const group = groups.get(nameOf(key)) ?? { key, first: row, counts: new Map() };
    group.counts.set(row.period, row.count);
    groups.set(nameOf(key), group);
  }
  const rank = ({ type }: GroupKey) => (type === 'value' ? 0 : type === 'other' ? 1 : 2);
  const sorted = [...groups.values()].sort(
    (a, b) => rank(a.key) - rank(b.key) || b.first.total - a.first.total || compareColumns(a.first, b.first),
  );
  return {
    periods: numbers.map((period) => ({ start: startOfPeriod(period, periods), complete: isOver(period, periods, asOf) })),
    series: sorted.map(({ key, first, counts }) => ({ key, total: first.total, counts: numbers.map((period) => counts.get(period) ?? 0) })),
  };
}
