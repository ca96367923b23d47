import { type RetentionEvent, type RetentionShape, retentionMembers } from './retention-rows.ts';

/** A number of the retention table whose people are asked for. */
export interface RetentionCellKey {
  /** The place of the cohort's period in the range, from 0. */
  readonly cohort: number;
  /** The place in the row: 0 is everybody, then a period, a bracket or a stretch. */
  readonly slot: number;
  /** Those who came back, or those of the cohort who did not (or not yet). Does not narrow slot 0. */
  readonly returned: boolean;
}

/** Person numbers behind a cell. */
export function peopleOfRetentionCell(events: readonly RetentionEvent[], shape: RetentionShape, cell: RetentionCellKey): number[] {
  const cohort = shape.periods.first + cell.cohort;
  const isIn = (slots: ReadonlySet<number>) =>
    shape.mode.type === 'unbounded' ? [...slots].some((slot) => slot >= cell.slot) : slots.has(cell.slot);
  return retentionMembers(events, shape)
    .filter((member) => member.cohort === cohort && (cell.slot === 0 || isIn(member.slots) === cell.returned))
    .map(({ person }) => person);
}
