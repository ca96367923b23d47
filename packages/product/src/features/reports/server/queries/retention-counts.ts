import type { Query, WarehouseRow } from '../../../../ports/warehouse/warehouse.ts';
import { type Calendar, type Periods, periodsOf } from '../../calendar.ts';
import { type EventPick, meets } from '../../event-pick.ts';
import { type RetentionMode, type RetentionResult, type RetentionRow, tabulateRetention } from '../../retention.ts';
import { countRetention, type RetentionEvent } from '../../retention-rows.ts';
import { activePeriodsSql, firstTimesSql } from './active-periods-sql.ts';
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
  fold: (rows, params) => countRetention(eventsOfRetention(rows, params), { ...params, periods: periodsOf(params.calendar, params) }),
  finish: (plain, params) => tabulateRetention(plain, { ...params, periods: periodsOf(params.calendar, params) }),
};

/** What rows in memory say of starts and returns, up to `asOf`. */
export function eventsOfRetention(rows: readonly WarehouseRow[], { start, returns, asOf }: RetentionParams): RetentionEvent[] {
  return rows
    .filter((row) => row.k < firstKeyAfter(asOf))
    .map((row) => ({ person: row.person, k: row.k, starts: meets(row, start), returns: meets(row, returns) }));
}

function select(dialect: Dialect, params: RetentionParams) {
  const periods = periodsOf(params.calendar, params);
  const inside = (column: string) => `${column} between ${periods.first} and ${periods.last}`;
  return statement(
    dialect,
    `with starts as (select person, cohort, start from (${startsSql(dialect, params, periods)}) as dated where ${inside('cohort')}),
      back as (select * from (${backSql(dialect, params, periods)}) as dated where ${inside('period')}),
      slots as (${slotsSql(dialect, params.mode)})
    select cohort, 0 as slot, ${passedSql(dialect, params)} as passed, count(*) as people from starts group by cohort, passed
    union all
    select cohort, slot, passed, count(*) as people from (select person, cohort, slot, ${passedSql(dialect, params)} as passed from slots) as sorted
    group by cohort, slot, passed`,
  );
}

/** Rows (person, cohort, start), of more cohorts than are asked for. */
function startsSql(dialect: Dialect, params: RetentionParams, periods: Periods): string {
  const { scope, asOf, start, mode } = params;
  if (params.entry === 'first')
    return `select person, ${periodSql(dialect, periods, 'began')} as cohort, began as start
      from (${firstTimesSql(dialect, { scope, pick: start, asOf })}) as firsts where ${aroundSql(periods, { k: 'began' })}`;
  // Only rolling stretches are counted from the very instant.
  if (mode.type !== 'rolling')
    return `select person, period as cohort, 0 as start from (${touchedSql(dialect, { params, pick: start, periods })}) as touched`;
  return `select person, ${periodSql(dialect, periods)} as cohort, min(k) as start from rows
    where ${meetsSql(dialect, { params, pick: start, periods })} group by person, cohort`;
}

/** Rows (person, period), each once; of rolling stretches (person, period, k), each return. */
function backSql(dialect: Dialect, params: RetentionParams, periods: Periods): string {
  const returning = { params, pick: params.returns, periods };
  if (params.mode.type !== 'rolling') return touchedSql(dialect, returning);
  return `select person, ${periodSql(dialect, periods)} as period, k from rows where ${meetsSql(dialect, returning)}`;
}

interface Asked {
  readonly params: RetentionParams;
  readonly pick: EventPick;
  readonly periods: Periods;
}

function touchedSql(dialect: Dialect, { params: { scope, asOf }, pick, periods }: Asked): string {
  return activePeriodsSql(dialect, { scope, pick, periods, first: periods.first, last: periods.last, asOf });
}

function meetsSql(dialect: Dialect, { params: { scope, asOf }, pick, periods }: Asked): string {
  return `scope = ${dialect.text(scope)} and k < ${firstKeyAfter(asOf)} and ${aroundSql(periods)} and ${pickSql(dialect, pick)}`;
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
