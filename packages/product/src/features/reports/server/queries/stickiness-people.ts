import type { Query } from '../../../../ports/warehouse/warehouse.ts';
import type { StickinessCellKey } from '../../stickiness.ts';
import { clickhouse, type Dialect, duckdb, statement } from './dialect.ts';
import { type MemberRow, type Members, type MembersPage, memberRows, membersOf, pageSql } from './members.ts';
import { activePeriods, countedSql, type StickinessParams } from './stickiness-counts.ts';

export interface StickinessPeopleParams extends StickinessParams {
  readonly cell: StickinessCellKey;
  readonly page: MembersPage;
}

/** The people behind a bar of the stickiness. */
export const stickinessPeople: Query<StickinessPeopleParams, MemberRow, Members> = {
  name: 'stickiness people',
  duckdb: (params) => select(duckdb(), params),
  clickhouse: (params) => select(clickhouse(), params),
  fold(rows, params) {
    const { periods, atLeast } = params.cell;
    const people = [...activePeriods(rows, params)].filter(([, { size }]) => (atLeast ? size >= periods : size === periods));
    return memberRows(
      people.map(([person]) => person),
      params.page,
    );
  },
  finish: membersOf,
};

function select(dialect: Dialect, params: StickinessPeopleParams) {
  const { periods, atLeast } = params.cell;
  const people = `select person from (${countedSql(dialect, params)}) as counted where periods ${atLeast ? '>=' : '='} ${periods}`;
  return statement(dialect, pageSql(people, params.page));
}
