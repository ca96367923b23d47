import type { Query } from '../../../../ports/warehouse/warehouse.ts';
import { hasPlace, periodsOf } from '../../calendar.ts';
import { columnsOf } from '../../property-groups.ts';
import { isInTrendGroup, type TrendCellKey, type TrendGroup } from '../../trend-cell.ts';
import { clickhouse, type Dialect, duckdb, statement } from './dialect.ts';
import { type MemberRow, type Members, type MembersPage, memberRows, membersOf, noMembers, pageSql } from './members.ts';
import { firstKeyAfter } from './order-key.ts';
import { inPeriodsSql } from './period-sql.ts';
import { pickSql } from './pick-sql.ts';
import { eventsOfTrend, type TrendParams } from './trend-counts.ts';

export interface TrendPeopleParams extends TrendParams {
  readonly cell: TrendCellKey;
  readonly page: MembersPage;
}

/** The people behind a point of a trend: whose events it counts, each once. */
export const trendPeople: Query<TrendPeopleParams, MemberRow, Members> = {
  name: 'trend people',
  duckdb: (params) => select(duckdb(), params),
  clickhouse: (params) => select(clickhouse(), params),
  fold(rows, params) {
    const { period, group } = params.cell;
    const { first } = periodsOf(params.calendar, params);
    const events = eventsOfTrend(rows, params)
      .filter((event) => period === null || event.period === first + period)
      .filter((event) => !group || isInTrendGroup(columnsOf(event.value), group));
    return memberRows(
      events.map(({ person }) => person),
      params.page,
    );
  },
  finish: (plain, params) => (hasPlace(periodsOf(params.calendar, params), params.cell.period ?? 0) ? membersOf(plain) : noMembers),
};

function select(dialect: Dialect, params: TrendPeopleParams) {
  const { cell, breakdown, page } = params;
  const periods = periodsOf(params.calendar, params);
  const { first, last } = cell.period === null ? periods : { first: periods.first + cell.period, last: periods.first + cell.period };
  const read = `from rows where scope = ${dialect.text(params.scope)} and k < ${firstKeyAfter(params.asOf)}
      and ${inPeriodsSql(dialect, periods, { first, last })} and ${pickSql(dialect, params.pick)}`;
  if (!cell.group) return statement(dialect, pageSql(`select person ${read} group by person`, page));
  const json = dialect.json(breakdown?.property ?? '');
  const people = `select person from (select person, ${json} as json ${read}) as read where ${groupSql(dialect, cell.group)} group by person`;
  return statement(dialect, pageSql(people, page));
}

/** The same as `isInTrendGroup`, of the column `json`. */
function groupSql(dialect: Dialect, group: TrendGroup): string {
  const { kind, text, number } = dialect.value('json');
  if (group.type === 'none') return `(${kind}) = 0`;
  const isOne = (asked: string | number | boolean) => {
    const value = columnsOf(asked);
    const same = typeof asked === 'number' ? `(${number}) = ${dialect.number(value.number)}` : `(${text}) = ${dialect.text(value.text)}`;
    return `((${kind}) = ${value.kind} and ${same})`;
  };
  if (group.type === 'value') return isOne(group.value);
  return ['(', [`(${kind}) <> 0`, ...group.than.map((value) => `not ${isOne(value)}`)].join(' and '), ')'].join('');
}
