import type { Query } from '../../../../ports/warehouse/warehouse.ts';
import { hasPlace, type Periods, periodsOf } from '../../calendar.ts';
import { peopleOfRetentionCell, type RetentionCellKey } from '../../retention-cell.ts';
import { firstTimesSql } from './active-periods-sql.ts';
import { clickhouse, type Dialect, duckdb, statement } from './dialect.ts';
import { type MemberRow, type Members, type MembersPage, memberRows, membersOf, noMembers, pageSql } from './members.ts';
import { firstKeyAfter } from './order-key.ts';
import { inPeriodsSql } from './period-sql.ts';
import { pickSql } from './pick-sql.ts';
import { eventsOfRetention, type RetentionParams } from './retention-counts.ts';

export interface RetentionPeopleParams extends RetentionParams {
  readonly cell: RetentionCellKey;
  readonly page: MembersPage;
}

/** The people behind a cell of the retention table. */
export const retentionPeople: Query<RetentionPeopleParams, MemberRow, Members> = {
  name: 'retention people',
  duckdb: (params) => select(duckdb(), params),
  clickhouse: (params) => select(clickhouse(), params),
  fold(rows, params) {
    const shape = { ...params, periods: periodsOf(params.calendar, params) };
    return memberRows(peopleOfRetentionCell(eventsOfRetention(rows, params), shape, params.cell), params.page);
  },
  finish: (plain, params) => (hasPlace(periodsOf(params.calendar, params), params.cell.cohort) ? membersOf(plain) : noMembers),
};

function select(dialect: Dialect, params: RetentionPeopleParams) {
  const { cell } = params;
  const starts = startsSql(dialect, params);
  if (cell.slot === 0) return statement(dialect, pageSql(`select person from (${starts}) as starts`, params.page));
  const back = backSql(dialect, params, starts);
  const people = `select person from (${starts}) as starts where person ${cell.returned ? 'in' : 'not in'} (${back})`;
  return statement(dialect, pageSql(people, params.page));
}

function knownSql(dialect: Dialect, { scope, asOf }: RetentionParams): string {
  return `scope = ${dialect.text(scope)} and k < ${firstKeyAfter(asOf)}`;
}

/** Rows (person, start): the members of the cell's cohort. */
function startsSql(dialect: Dialect, params: RetentionPeopleParams): string {
  const periods = periodsOf(params.calendar, params);
  const cohort = periods.first + params.cell.cohort;
  const inCohort = (k: string) => inPeriodsSql(dialect, periods, { first: cohort, last: cohort, k });
  if (params.entry === 'recurring')
    return `select person, min(k) as start from rows
      where ${knownSql(dialect, params)} and ${pickSql(dialect, params.start)} and ${inCohort('k')} group by person`;
  const firsts = firstTimesSql(dialect, { scope: params.scope, pick: params.start, asOf: params.asOf });
  return `select person, began as start from (${firsts}) as firsts where ${inCohort('began')}`;
}

/** Persons who did the return event in the cell's slot. */
function backSql(dialect: Dialect, params: RetentionPeopleParams, starts: string): string {
  const { mode, cell } = params;
  const periods = periodsOf(params.calendar, params);
  const { first, last } = backPeriods(params, periods);
  // No period, or no such bracket: nobody.
  if (first > last) return `select person from (${starts}) as starts where 1 = 0`;
  const returning = `${knownSql(dialect, params)} and ${pickSql(dialect, params.returns)}`;
  if (mode.type === 'rolling') {
    const slot = dialect.divide(`${dialect.divide('back.k', 4096)} - ${dialect.divide('starts.start', 4096)}`, mode.length);
    return `select back.person as person from (${starts}) as starts
      join (select person, k from rows where ${returning} and ${inPeriodsSql(dialect, periods, periods)}) as back on back.person = starts.person
      where back.k > starts.start and ${slot} = ${cell.slot}`;
  }
  return `select person from rows where ${returning} and ${inPeriodsSql(dialect, periods, { first, last })}`;
}

/** The periods in which a return counts for the cell; rolling stretches follow no period, so there all of the range. */
function backPeriods({ mode, cell }: RetentionPeopleParams, periods: Periods): { first: number; last: number } {
  if (mode.type === 'rolling') return periods;
  const cohort = periods.first + cell.cohort;
  const bracket = mode.type === 'bracket' ? mode.brackets[cell.slot - 1] : { from: cell.slot, to: cell.slot + 1 };
  if (!bracket) return { first: 1, last: 0 };
  const last = mode.type === 'unbounded' ? periods.last : cohort + bracket.to - 1;
  return { first: cohort + Math.max(1, bracket.from), last: Math.min(last, periods.last) };
}
