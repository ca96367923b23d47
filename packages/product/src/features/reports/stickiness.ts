/** People by the number of distinct periods in which they were active. */
export interface StickinessRow {
  readonly periods: number;
  readonly people: number;
}

export interface StickinessResult {
  /** One entry a number of periods, from 1 to all of the range. */
  readonly people: readonly {
    readonly periods: number;
    readonly people: number /** At least as many periods. */;
    readonly atLeast: number;
  }[];
  /** Everybody who was active at all. */
  readonly n: number;
}

/** @param length periods of the range */
export function tabulateStickiness(rows: readonly StickinessRow[], length: number): StickinessResult {
  const byPeriods = new Map(rows.map((row) => [row.periods, row.people]));
  const counts = Array.from({ length }, (_, index) => byPeriods.get(index + 1) ?? 0);
  const sum = (list: readonly number[]) => list.reduce((total, count) => total + count, 0);
  return {
    people: counts.map((people, index) => ({ periods: index + 1, people, atLeast: sum(counts.slice(index)) })),
    n: sum(counts),
  };
}

export interface ActiveShare {
  /** Mean of each day's share of the people who were active in the days up to it; days without anybody are skipped. */
  readonly mean: number | null;
  /** Mean of the daily people by the people of the last window. */
  readonly ofLast: number | null;
}

/**
 * Daily by monthly active people.
 *
 * @param people the days on which each person was active, as day numbers
 * @param range first and last day, both in it
 * @param window days that a month has here, for instance 30
 */
export function dailyByMonthly(people: readonly (readonly number[])[], range: { first: number; last: number }, window = 30): ActiveShare {
  const activeIn = (from: number, to: number) => people.filter((days) => days.some((day) => day >= from && day <= to)).length;
  const days = Array.from({ length: range.last - range.first + 1 }, (_, index) => range.first + index).map((day) => ({
    daily: activeIn(day, day),
    monthly: activeIn(day - window + 1, day),
  }));
  const mean = (values: readonly number[]) => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);
  const last = days.at(-1)?.monthly ?? 0;
  const daily = mean(days.map((one) => one.daily));
  return {
    mean: mean(days.filter(({ monthly }) => monthly > 0).map((one) => one.daily / one.monthly)),
    ofLast: last === 0 || daily === null ? null : daily / last,
  };
}

/** A number of the stickiness whose people are asked for: active in exactly, or in at least, so many periods. */
export interface StickinessCellKey {
  readonly periods: number;
  readonly atLeast: boolean;
}
