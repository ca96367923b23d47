import type { Query, WarehouseRow } from '../../../../ports/warehouse/warehouse.ts';
import { type Calendar, type Periods, periodAt, periodsOf } from '../../calendar.ts';
import { type EventPick, meets } from '../../event-pick.ts';
import { readProperty } from '../../property-test.ts';
import { type TrendResult, type TrendRow, tabulateTrend } from '../../trend.ts';
import { countTrend, type TrendEvent, type TrendMeasure } from '../../trend-rows.ts';
import { activePeriodsSql } from './active-periods-sql.ts';
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
  fold: (rows, params) => countTrend(eventsOfTrend(rows, params), { measure: params.measure, top: params.breakdown?.top }),
  finish: (plain, params) => tabulateTrend(plain, { periods: periodsOf(params.calendar, params), asOf: params.asOf }),
};

/** The events that a trend counts, from rows in memory. */
export function eventsOfTrend(rows: readonly WarehouseRow[], params: TrendParams): TrendEvent[] {
  const periods = periodsOf(params.calendar, params);
  const { breakdown } = params;
  return rows.flatMap((row) => {
    const instant = instantOf(row.k);
    if (instant > params.asOf || instant < periods.earliest || instant >= periods.latest || !meets(row, params.pick)) return [];
    const period = periodAt(instant, periods);
    const value = breakdown ? readProperty(row.properties, breakdown.property) : undefined;
    return period >= periods.first && period <= periods.last ? [{ person: row.person, period, value }] : [];
  });
}

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
  const { scope, pick, asOf, measure } = params;
  const dated =
    measure === 'people'
      ? activePeriodsSql(dialect, { scope, pick, periods, first: periods.first, last: periods.last, asOf })
      : `select * from (select ${read} from (select person, ${periodSql(dialect, periods)} as period ${readFrom(dialect, params, periods)}) as read
        group by ${group}) as counted where period between ${periods.first} and ${periods.last}`;
  return `with dated as (${dated}),
      totals as (select ${figure(params)} as total from dated)
    select period, 0 as kind, '' as text, 0 as number, 0 as other, count, total
      from (select period, ${params.measure === 'events' ? 'sum(events)' : 'count(*)'} as count from dated group by period) as counted, totals`;
}

/**
 * Equal values are equal JSON, for one program writes all properties; so a value that is kept is a JSON text, and only
 * those without a value, and the rest, are several texts in which one person may be found again.
 */
function brokenDown(dialect: Dialect, params: TrendParams, periods: Periods): string {
  const { property, top } = params.breakdown ?? { property: '', top: 0 };
  const { read, group } = together(params, 'period, json');
  const value = dialect.value('json');
  const isKept = `kind > 0 and place <= ${top}`;
  const ofValue = params.measure === 'events' ? 'sum(events)' : 'count(*)';
  return `with counted as (select * from (select ${read} from (select person, ${periodSql(dialect, periods)} as period, ${dialect.json(property)} as json
        ${readFrom(dialect, params, periods)}) as read group by ${group}) as counted where period between ${periods.first} and ${periods.last}),
      valued as (select json, total, ${value.kind} as kind, ${value.text} as text, ${value.number} as number
        from (select json, ${figure(params)} as total from counted group by json) as totals),
      placed as (select json, total, kind, text, number,
          row_number() over (order by case when kind = 0 then 1 else 0 end, total desc, kind, number, text) as place from valued),
      kept as (select * from placed where ${isKept}),
      gathered as (select period, ${params.measure === 'events' ? 'events' : 'person'}, other
        from counted join (select json, case when kind = 0 then 0 else 1 end as other from placed where not (${isKept})) as rest on rest.json = counted.json),
      sums as (select other, ${figure(params)} as total from gathered group by other),
      parts as (select period, other, ${figure(params)} as count from gathered group by period, other)
    select period, kind, text, number, 0 as other, ${ofValue} as count, total
      from counted join kept on kept.json = counted.json group by period, kind, text, number, total
    union all
    select period, 0 as kind, '' as text, 0 as number, parts.other as other, count, total from parts join sums on sums.other = parts.other`;
}
