import type { Query } from '../../../../ports/warehouse/warehouse.ts';
import { type PathCellKey, peopleOfPathCell } from '../../path-cell.ts';
import type { PathRow } from '../../paths.ts';
import { type Members, type MembersPage, pageOf } from './members.ts';
import { type PathsParams, paths } from './path-rows.ts';

export interface PathPeopleParams extends PathsParams {
  readonly cell: PathCellKey;
  readonly page: MembersPage;
}

/** The people behind a stop or a link: of the very rows that the paths are made of. */
export const pathPeople: Query<PathPeopleParams, PathRow, Members> = {
  name: 'path people',
  duckdb: paths.duckdb,
  clickhouse: paths.clickhouse,
  fold: paths.fold,
  finish: (plain, { top, cell, page }) => pageOf(peopleOfPathCell(plain, { top, cell }), page),
};
