import type { Query, WarehouseRow } from '../../../../ports/warehouse/warehouse.ts';
import { type Calendar, lastEnded, periodAt, periodsOf } from '../../calendar.ts';
import { type EventPick, meets } from '../../event-pick.ts';
import { type StickinessResult, type StickinessRow, tabulateStickiness } from '../../stickiness.ts';
import { activePeriodsSql } from './active-periods-sql.ts';
import { clickhouse, type Dialect, duckdb, statement } from './dialect.ts';
import { instantOf } from './order-key.ts';

export interface StickinessParams {
  readonly scope: string;
  readonly calendar: Calendar;
  /** What makes a person active. */
  readonly active: EventPick;
  /** The periods that [from, to) touches; epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  /** What happened later is left out; epoch milliseconds. */
  readonly asOf: number;
}

/** In how many periods of the range people were active. */
export const stickiness: Query<StickinessParams, StickinessRow, StickinessResult> = {
  name: 'stickiness',
  duckdb: (params) => select(duckdb(), params),
  clickhouse: (params) => select(clickhouse(), params),
  fold(rows, params) {
    const last = lastEnded(periodsOf(params.calendar, params), params.asOf);
    const found = new Map<string, StickinessRow>();
    for (const active of activePeriods(rows, params).values()) {
      const [periods, ended] = [active.size, [...active].filter((period) => period <= last).length];
      const key = `${periods} ${ended}`;
      found.set(key, { periods, ended, people: (found.get(key)?.people ?? 0) + 1 });
    }
    return [...found.values()];
  },
  finish(plain, params) {
    const periods = periodsOf(params.calendar, params);
    const { first, last } = periods;
    return tabulateStickiness(plain, { length: last - first + 1, ended: lastEnded(periods, params.asOf) - first + 1 });
  },
};

/** In which periods of the range each person was active, from rows in memory. */
export function activePeriods(rows: readonly WarehouseRow[], params: StickinessParams): ReadonlyMap<number, ReadonlySet<number>> {
  const periods = periodsOf(params.calendar, params);
  const active = new Map<number, Set<number>>();
  for (const row of rows) {
    const instant = instantOf(row.k);
    if (instant > params.asOf || instant < periods.earliest || instant >= periods.latest || !meets(row, params.active)) continue;
    const period = periodAt(instant, periods);
    if (period < periods.first || period > periods.last) continue;
    active.set(row.person, (active.get(row.person) ?? new Set()).add(period));
  }
  return active;
}

/** Rows (person, periods, ended): in how many of them each person was active, and how many of these are over. */
export function countedSql(dialect: Dialect, params: StickinessParams): string {
  const periods = periodsOf(params.calendar, params);
  const { scope, asOf, active: pick } = params;
  const dated = activePeriodsSql(dialect, { scope, pick, periods, first: periods.first, last: periods.last, asOf });
  const ended = `count(case when period <= ${lastEnded(periods, asOf)} then 1 end)`;
  return `select person, count(*) as periods, ${ended} as ended from (${dated}) as dated group by person`;
}

function select(dialect: Dialect, params: StickinessParams) {
  return statement(
    dialect,
    `select periods, ended, count(*) as people from (${countedSql(dialect, params)}) as counted group by periods, ended`,
  );
}
