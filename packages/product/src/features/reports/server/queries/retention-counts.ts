import type { Query } from '../../../../ports/warehouse/warehouse.ts';
import { type Calendar, periodsOf } from '../../calendar.ts';
import { type EventPick, meets } from '../../event-pick.ts';
import { type RetentionMode, type RetentionResult, type RetentionRow, tabulateRetention } from '../../retention.ts';
import { countRetention } from '../../retention-rows.ts';
import { clickhouse, type Dialect, duckdb, statement } from './dialect.ts';
import { firstKeyAfter } from './order-key.ts';
import { aroundSql, periodSql } from './period-sql.ts';
import { pickSql } from './pick-sql.ts';

export interface RetentionParams {
  readonly scope: string;
  readonly calendar: Calendar;
  readonly start: EventPick;
  readonly returns: EventPick;
  readonly entry: 'first' | 'recurring';
  readonly mode: RetentionMode;
  /** The periods that [from, to) touches are the cohorts, and the end of the last one ends the reading of returns; epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  /** What happened later is left out; epoch milliseconds. */
  readonly asOf: number;
}

/** Who came back, by cohort. The engine counts; see RetentionRow for what a row says. */
export const retention: Query<RetentionParams, RetentionRow, RetentionResult> = {
  name: 'retention',
  duckdb: (params) => select(duckdb(), params),
  clickhouse: (params) => select(clickhouse(), params),
  fold(rows, params) {
    const events = rows
      .filter((row) => row.k < firstKeyAfter(params.asOf))
      .map((row) => ({ person: row.person, k: row.k, starts: meets(row, params.start), returns: meets(row, params.returns) }));
    return countRetention(events, { ...params, periods: periodsOf(params.calendar, params) });
  },
  finish: (plain, params) => tabulateRetention(plain, { ...params, periods: periodsOf(params.calendar, params) }),
};

function select(dialect: Dialect, params: RetentionParams) {
  const { mode, entry, asOf } = params;
  const periods = periodsOf(params.calendar, params);
  const scope = dialect.text(params.scope);
  const known = `scope = ${scope} and k < ${firstKeyAfter(asOf)}`;
  const period = periodSql(dialect, periods);
  const inside = (column: string) => `${column} between ${periods.first} and ${periods.last}`;
  const starts =
    entry === 'first'
      ? `select person, ${periodSql(dialect, periods, 'began')} as cohort, began as start
          from (select person, min(k) as began from rows where ${known} and ${pickSql(dialect, params.start)} group by person) as firsts
          where ${aroundSql(periods, { k: 'began' })}`
      : `select person, ${period} as cohort, min(k) as start from rows
          where ${known} and ${aroundSql(periods)} and ${pickSql(dialect, params.start)} group by person, cohort`;
  const back =
    mode.type === 'rolling'
      ? `select person, ${period} as period, k from rows where ${known} and ${aroundSql(periods)} and ${pickSql(dialect, params.returns)}`
      : `select person, ${period} as period from rows where ${known} and ${aroundSql(periods)} and ${pickSql(dialect, params.returns)} group by person, period`;
  return statement(
    dialect,
    `with starts as (select person, cohort, start from (${starts}) as dated where ${inside('cohort')}),
      back as (select * from (${back}) as dated where ${inside('period')}),
      slots as (${slotsSql(dialect, mode)})
    select cohort, 0 as slot, ${passedSql(dialect, params)} as passed, count(*) as people from starts group by cohort, passed
    union all
    select cohort, slot, passed, count(*) as people from (select person, cohort, slot, ${passedSql(dialect, params)} as passed from slots) as sorted
    group by cohort, slot, passed`,
  );
}

/** Rows (person, cohort, start, slot), each person once a cohort and slot. */
function slotsSql(dialect: Dialect, mode: RetentionMode): string {
  const pairs = (slot: string, condition: string) =>
    `select starts.person as person, starts.cohort as cohort, starts.start as start, ${slot} as slot
      from starts join back on back.person = starts.person where ${condition}`;
  const distance = 'back.period - starts.cohort';
  if (mode.type === 'exact') return pairs(distance, 'back.period > starts.cohort');
  if (mode.type === 'unbounded')
    return `${pairs(`max(${distance})`, 'back.period > starts.cohort')} group by starts.person, starts.cohort, starts.start`;
  if (mode.type === 'bracket') {
    const spans = mode.brackets.map(
      ({ from, to }, index) =>
        `select distinct person, cohort, start, ${index + 1} as slot from (${pairs(distance, `${distance} >= ${Math.max(1, from)} and ${distance} < ${to}`)}) as span`,
    );
    return spans.join(' union all ') || pairs('0', '1 = 0');
  }
  const slot = dialect.divide(`${dialect.divide('back.k', 4096)} - ${dialect.divide('starts.start', 4096)}`, mode.length);
  return `select distinct person, cohort, start, slot from (${pairs(slot, 'back.k > starts.start')}) as stretches where slot > 0`;
}

function passedSql(dialect: Dialect, { mode, asOf }: RetentionParams): string {
  if (mode.type !== 'rolling') return '0';
  return dialect.divide(`${asOf} - ${dialect.divide('start', 4096)}`, mode.length);
}
