import type { Query } from '../../../../ports/warehouse/warehouse.ts';
import { hasPlace, periodsOf } from '../../calendar.ts';
import { type LifecycleCellKey, lifecycleStateOf } from '../../lifecycle-cell.ts';
import { firstTimesSql } from './active-periods-sql.ts';
import { clickhouse, type Dialect, duckdb, statement } from './dialect.ts';
import { type LifecycleParams, peopleOver } from './lifecycle-counts.ts';
import { type MemberRow, type Members, type MembersPage, memberRows, membersOf, noMembers, pageSql } from './members.ts';
import { firstKeyAfter } from './order-key.ts';
import { inPeriodsSql } from './period-sql.ts';
import { pickSql } from './pick-sql.ts';

export interface LifecyclePeopleParams extends LifecycleParams {
  readonly cell: LifecycleCellKey;
  readonly page: MembersPage;
}

/** The people behind a bar of the lifecycle. */
export const lifecyclePeople: Query<LifecyclePeopleParams, MemberRow, Members> = {
  name: 'lifecycle people',
  duckdb: (params) => select(duckdb(), params),
  clickhouse: (params) => select(clickhouse(), params),
  fold(rows, params) {
    const period = periodsOf(params.calendar, params).first + params.cell.period;
    const inState = [...peopleOver(rows, params)].filter(([, person]) => lifecycleStateOf(person, period) === params.cell.state);
    return memberRows(
      inState.map(([person]) => person),
      params.page,
    );
  },
  finish: (plain, params) => (hasPlace(periodsOf(params.calendar, params), params.cell.period) ? membersOf(plain) : noMembers),
};

function select(dialect: Dialect, params: LifecyclePeopleParams) {
  const { cell, page } = params;
  const periods = periodsOf(params.calendar, params);
  const period = periods.first + cell.period;
  // A text is bound when it is asked for, and what is bound must stand in the statement: so parts are made where they stand.
  const activeIn = (asked: number) =>
    `select person from rows where scope = ${dialect.text(params.scope)} and k < ${firstKeyAfter(params.asOf)} and ${inPeriodsSql(dialect, periods, { first: asked, last: asked })} and ${pickSql(dialect, params.active)} group by person`;
  const came = () =>
    `select person from (${firstTimesSql(dialect, params)}) as firsts where ${inPeriodsSql(dialect, periods, { first: period, last: period, k: 'began' })}`;
  const among = (people: string, condition: string) => `select person from (${people}) as active where ${condition}`;
  const people = {
    new: () => among(activeIn(period), `person not in (${activeIn(period - 1)}) and person in (${came()})`),
    returning: () => among(activeIn(period), `person in (${activeIn(period - 1)})`),
    resurrecting: () => among(activeIn(period), `person not in (${activeIn(period - 1)}) and person not in (${came()})`),
    dormant: () => among(activeIn(period - 1), `person not in (${activeIn(period)})`),
  };
  return statement(dialect, pageSql(people[cell.state](), page));
}
