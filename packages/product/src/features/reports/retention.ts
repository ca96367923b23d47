import { isOver, type Periods, startOfPeriod } from './calendar.ts';

/** Periods after the start in which a return counts: [from, to), from 1. */
export interface Bracket {
  readonly from: number;
  readonly to: number;
}

/**
 * How returns are sorted. `exact`: in exactly that period. `unbounded`: in it or any later one of the range.
 * `bracket`: in a span of periods. `rolling`: in stretches of equal length from the person's own start.
 */
export type RetentionMode =
  | { readonly type: 'exact' }
  | { readonly type: 'unbounded' }
  | { readonly type: 'bracket'; readonly brackets: readonly Bracket[] }
  | { readonly type: 'rolling'; readonly length: number };

/**
 * People of a cohort with one thing in common. `slot` 0 counts the members themselves; a later slot is a period
 * since the start, a bracket (from 1), or, unbounded, the last period of a return. `passed` is the number of whole
 * stretches since the start that are over, which only rolling retention asks for; otherwise 0.
 */
export interface RetentionRow {
  readonly cohort: number;
  readonly slot: number;
  readonly passed: number;
  readonly people: number;
}

export interface RetentionCell {
  readonly people: number;
  /** Of these members. */
  readonly of: number;
  /** False while somebody could still come back in time; such a cell is shown but left out of averages. */
  readonly complete: boolean;
  /** The part of both whose time is over; rolling cohorts mature person by person. */
  readonly mature: { readonly people: number; readonly of: number };
}

export interface RetentionResult {
  readonly cohorts: readonly {
    /** Start of the cohort's period, epoch milliseconds. */
    readonly start: number;
    readonly members: number;
    /** Period 0, which is everybody, then one cell a period, bracket or stretch that lies in the range. */
    readonly cells: readonly RetentionCell[];
  }[];
  /** All cohorts together: sum of the returned by sum of the mature; null where nothing is mature. */
  readonly average: readonly { readonly people: number; readonly of: number; readonly rate: number | null }[];
}

interface Shape {
  readonly mode: RetentionMode;
  readonly periods: Periods;
  readonly asOf: number;
}

export function tabulateRetention(rows: readonly RetentionRow[], shape: Shape): RetentionResult {
  const { periods } = shape;
  const cohorts = Array.from({ length: periods.last - periods.first + 1 }, (_, index) => {
    const cohort = periods.first + index;
    const own = rows.filter((row) => row.cohort === cohort);
    const cells = slotsOf(cohort, shape).map((slot) => cellOf(own, { cohort, slot }, shape));
    return { start: startOfPeriod(cohort, periods), members: sumOf(own, (row) => row.slot === 0), cells };
  });
  const longest = Math.max(0, ...cohorts.map(({ cells }) => cells.length));
  const average = Array.from({ length: longest }, (_, slot) => {
    const mature = cohorts.flatMap(({ cells }) => cells[slot]?.mature ?? []);
    const people = mature.reduce((sum, cell) => sum + cell.people, 0);
    const of = mature.reduce((sum, cell) => sum + cell.of, 0);
    return { people, of, rate: of === 0 ? null : people / of };
  });
  return { cohorts, average };
}

/** The slots of a cohort that begin within the range. */
function slotsOf(cohort: number, { mode, periods }: Shape): number[] {
  const left = periods.last - cohort;
  if (mode.type === 'bracket') return [0, ...mode.brackets.flatMap(({ from }, index) => (from <= left ? [index + 1] : []))];
  if (mode.type !== 'rolling') return Array.from({ length: left + 1 }, (_, slot) => slot);
  const end = startOfPeriod(periods.last + 1, periods);
  return Array.from({ length: Math.ceil((end - startOfPeriod(cohort, periods)) / mode.length) }, (_, slot) => slot);
}

function cellOf(own: readonly RetentionRow[], { cohort, slot }: { cohort: number; slot: number }, shape: Shape): RetentionCell {
  const { mode, periods, asOf } = shape;
  const isIn = (row: RetentionRow) => (mode.type === 'unbounded' && slot > 0 ? row.slot >= slot : row.slot === slot);
  const of = sumOf(own, (row) => row.slot === 0);
  const people = sumOf(own, isIn);
  if (mode.type === 'rolling' && slot > 0) {
    const passed = (row: RetentionRow) => row.passed > slot;
    const mature = { people: sumOf(own, (row) => isIn(row) && passed(row)), of: sumOf(own, (row) => row.slot === 0 && passed(row)) };
    return { people, of, complete: mature.of === of, mature };
  }
  const last = mode.type === 'bracket' && slot > 0 ? (mode.brackets[slot - 1]?.to ?? 1) - 1 : mode.type === 'rolling' ? 0 : slot;
  // What lies behind the range was not read, so a bracket that reaches beyond it is never complete.
  const complete = cohort + last <= periods.last && isOver(cohort + last, periods, asOf);
  return { people, of, complete, mature: complete ? { people, of } : { people: 0, of: 0 } };
}

function sumOf(rows: readonly RetentionRow[], counts: (row: RetentionRow) => boolean): number {
  return rows.reduce((sum, row) => sum + (counts(row) ? row.people : 0), 0);
}
