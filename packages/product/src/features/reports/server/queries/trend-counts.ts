import type { Query } from '../../../../ports/warehouse/warehouse.ts';
import { type Calendar, type Periods, periodAt, periodsOf } from '../../calendar.ts';
import { type EventPick, meets } from '../../event-pick.ts';
import { readProperty } from '../../property-test.ts';
import { type TrendResult, type TrendRow, tabulateTrend } from '../../trend.ts';
import { countTrend, type TrendMeasure } from '../../trend-rows.ts';
import { clickhouse, type Dialect, duckdb, statement } from './dialect.ts';
import { firstKeyAfter, instantOf } from './order-key.ts';
import { aroundSql, periodSql } from './period-sql.ts';
import { pickSql } from './pick-sql.ts';

export interface TrendParams {
  readonly scope: string;
  readonly calendar: Calendar;
  readonly pick: EventPick;
  readonly measure: TrendMeasure;
  /** The values with the largest figures over the range keep a group of their own, the rest share one. */
  readonly breakdown?: { readonly property: string; readonly top: number } | undefined;
  /** The periods that [from, to) touches; epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  /** What happened later is left out; epoch milliseconds. */
  readonly asOf: number;
}

/** How often something happened, or to how many people, over time. */
export const trend: Query<TrendParams, TrendRow, TrendResult> = {
  name: 'trend',
  duckdb: (params) => select(duckdb(), params),
  clickhouse: (params) => select(clickhouse(), params),
  fold(rows, params) {
    const periods = periodsOf(params.calendar, params);
    const { breakdown } = params;
    const events = rows.flatMap((row) => {
      const instant = instantOf(row.k);
      if (instant > params.asOf || instant < periods.earliest || instant >= periods.latest || !meets(row, params.pick)) return [];
      const period = periodAt(instant, periods);
      const value = breakdown ? readProperty(row.properties, breakdown.property) : undefined;
      return period >= periods.first && period <= periods.last ? [{ person: row.person, period, value }] : [];
    });
    return countTrend(events, { measure: params.measure, top: breakdown?.top });
  },
  finish: (plain, params) => tabulateTrend(plain, { periods: periodsOf(params.calendar, params), asOf: params.asOf }),
};

function select(dialect: Dialect, params: TrendParams) {
  const periods = periodsOf(params.calendar, params);
  return statement(dialect, params.breakdown ? brokenDown(dialect, params, periods) : whole(dialect, params, periods));
}

function readFrom(dialect: Dialect, params: TrendParams, periods: Periods): string {
  return `from rows where scope = ${dialect.text(params.scope)} and k < ${firstKeyAfter(params.asOf)} and ${aroundSql(periods)} and ${pickSql(dialect, params.pick)}`;
}

/** What is counted of rows that were brought together before: everybody once, or the events of all. */
function figure({ measure }: TrendParams): string {
  return measure === 'events' ? 'sum(events)' : 'count(distinct person)';
}

/** Brings rows together, by person only where people are counted: what follows has far fewer of them to look at. */
function together({ measure }: TrendParams, columns: string): { read: string; group: string } {
  const group = measure === 'events' ? columns : `${columns}, person`;
  return { read: `${group}, count(*) as events`, group };
}

function whole(dialect: Dialect, params: TrendParams, periods: Periods): string {
  const { read, group } = together(params, 'period');
  return `with dated as (select * from (select ${read} from (select person, ${periodSql(dialect, periods)} as period ${readFrom(dialect, params, periods)}) as read
        group by ${group}) as counted where period between ${periods.first} and ${periods.last}),
      totals as (select ${figure(params)} as total from dated)
    select period, 0 as kind, '' as text, 0 as number, 0 as other, count, total
      from (select period, ${params.measure === 'events' ? 'sum(events)' : 'count(*)'} as count from dated group by period) as counted, totals`;
}

function brokenDown(dialect: Dialect, params: TrendParams, periods: Periods): string {
  const { property, top } = params.breakdown ?? { property: '', top: 0 };
  const value = dialect.value('json');
  const columns = 'kind, text, number';
  const { read, group } = together(params, 'period, json');
  const carried = params.measure === 'events' ? 'events' : 'person';
  const same = ['kind', 'text', 'number'].map((column) => `dated.${column} = ranked.${column}`).join(' and ');
  return `with counted as (select ${read} from (select person, ${periodSql(dialect, periods)} as period, ${dialect.json(property)} as json
        ${readFrom(dialect, params, periods)}) as read group by ${group}),
      dated as (select period, ${carried}, ${value.kind} as kind, ${value.text} as text, ${value.number} as number
        from counted where period between ${periods.first} and ${periods.last}),
      ranked as (select ${columns} from (select ${columns}, ${figure(params)} as total from dated where kind > 0 group by ${columns}) as totals
        order by total desc, kind, number, text limit ${top}),
      kept as (select period, ${carried}, dated.kind as kind, dated.text as text, dated.number as number, 0 as other from dated join ranked on ${same}),
      without as (select period, ${carried}, kind, text, number, 0 as other from dated where kind = 0),
      rest as (select period, ${carried}, 0 as kind, '' as text, 0 as number, 1 as other from dated
        where kind > 0 and (${columns}) not in (select ${columns} from ranked)),
      grouped as (select * from kept union all select * from without union all select * from rest),
      totals as (select ${columns}, other, ${figure(params)} as total from grouped group by ${columns}, other),
      counts as (select period, ${columns}, other, ${figure(params)} as count from grouped group by period, ${columns}, other)
    select counts.period as period, counts.kind as kind, counts.text as text, counts.number as number, counts.other as other, count, total
      from counts join totals on counts.kind = totals.kind and counts.text = totals.text and counts.number = totals.number and counts.other = totals.other`;
}
