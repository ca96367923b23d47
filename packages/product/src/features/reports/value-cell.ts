import type { Duration } from './survival.ts';
import { durationOf, type ValueRow } from './time-to-value.ts';

/** A number of the time to value whose people (or accounts) are asked for. */
export interface ValueCellKey {
  readonly outcome: Duration['outcome'] | 'all';
  /** Only those to whom it happened within so many milliseconds; absent = all of the outcome. */
  readonly within?: number | undefined;
}

/** The units behind a number, in the order of their names or numbers. */
export function unitsOfValueCell(rows: readonly ValueRow[], { asOf, cell }: { asOf: number; cell: ValueCellKey }): (number | string)[] {
  return rows
    .filter((row) => {
      const { time, outcome } = durationOf(row, asOf);
      return (cell.outcome === 'all' || outcome === cell.outcome) && (cell.within === undefined || time <= cell.within);
    })
    .map(({ unit }) => unit)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
