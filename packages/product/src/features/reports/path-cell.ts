import { type PathRow, pathsByPerson, positionIn, stopsAt } from './paths.ts';

/** A number of the paths whose people are asked for: at a stop, or on a link to it. */
export interface PathCellKey {
  /** From 1. */
  readonly place: number;
  /** The position among the stops of the place. */
  readonly stop: number;
  /** The position at the place before, for a link; absent = everybody who stands at the stop. */
  readonly from?: number | undefined;
}

/** Person numbers behind a stop or a link, ascending. @param rows with place 0 for everybody whose path is drawn */
export function peopleOfPathCell(rows: readonly PathRow[], { top, cell }: { top: number; cell: PathCellKey }): number[] {
  const byPerson = pathsByPerson(rows);
  const all = [...byPerson.values()];
  const stops = stopsAt(all, cell.place - 1, top);
  const before = cell.from === undefined || cell.place < 2 ? undefined : stopsAt(all, cell.place - 2, top);
  return [...byPerson]
    .filter(([, path]) => positionIn(stops, path, cell.place - 1) === cell.stop)
    .filter(([, path]) => !before || positionIn(before, path, cell.place - 2) === cell.from)
    .map(([person]) => person)
    .sort((a, b) => a - b);
}
