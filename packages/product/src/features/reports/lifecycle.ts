import { isOver, type Periods, startOfPeriod } from './calendar.ts';

/** People of a period: who was active, who of them also in the period before, and who of them came in this one. */
export interface LifecycleRow {
  readonly period: number;
  readonly active: number;
  readonly returning: number;
  readonly fresh: number;
}

export interface LifecyclePeriod {
  /** Epoch milliseconds. */
  readonly start: number;
  /** Active in the period in which they came. */
  readonly new: number;
  /** Active, and active in the period before. */
  readonly returning: number;
  /** Active, not in the period before, and not new. */
  readonly resurrecting: number;
  /** Active in the period before and not now; zero or negative, as it is drawn. */
  readonly dormant: number;
  /** False while the period is not over. */
  readonly complete: boolean;
}

/** @param rows of the periods and of the one before them; a period without anybody may be missing */
export function tabulateLifecycle(rows: readonly LifecycleRow[], { periods, asOf }: { periods: Periods; asOf: number }): LifecyclePeriod[] {
  const byPeriod = new Map(rows.map((row) => [row.period, row]));
  return Array.from({ length: periods.last - periods.first + 1 }, (_, index) => {
    const period = periods.first + index;
    const { active = 0, returning = 0, fresh = 0 } = byPeriod.get(period) ?? {};
    const gone = (byPeriod.get(period - 1)?.active ?? 0) - returning;
    return {
      start: startOfPeriod(period, periods),
      new: fresh,
      returning,
      resurrecting: active - returning - fresh,
      // Not -0, which some comparisons tell from 0.
      dormant: gone === 0 ? 0 : -gone,
      complete: isOver(period, periods, asOf),
    };
  });
}

/** What a person did: when they came (their first row of any kind) and the periods in which they were active, in order. */
export interface LifecyclePerson {
  readonly came: number;
  readonly active: readonly number[];
}

/** Counts periods one by one; the period before the first one counts too. */
export function countLifecycle(people: readonly LifecyclePerson[], { first, last }: Periods): LifecycleRow[] {
  const rows: LifecycleRow[] = [];
  for (let period = first - 1; period <= last; period++) {
    const active = people.filter((person) => person.active.includes(period));
    const returning = active.filter((person) => person.active.includes(period - 1)).length;
    const fresh = active.filter((person) => person.came === period).length;
    if (active.length > 0) rows.push({ period, active: active.length, returning, fresh });
  }
  return rows;
}
