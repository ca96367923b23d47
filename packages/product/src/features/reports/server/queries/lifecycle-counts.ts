import type { Query, WarehouseRow } from '../../../../ports/warehouse/warehouse.ts';
import { type Calendar, type Periods, periodAt, periodsOf } from '../../calendar.ts';
import { type EventPick, meets } from '../../event-pick.ts';
import { countLifecycle, type LifecyclePeriod, type LifecyclePerson, type LifecycleRow, tabulateLifecycle } from '../../lifecycle.ts';
import { activePeriodsSql, firstTimesSql } from './active-periods-sql.ts';
import { clickhouse, type Dialect, duckdb, statement } from './dialect.ts';
import { firstKeyAfter, instantOf } from './order-key.ts';
import { periodSql } from './period-sql.ts';

export interface LifecycleParams {
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

/** Who is new, stays, comes back and goes, period by period. */
export const lifecycle: Query<LifecycleParams, LifecycleRow, readonly LifecyclePeriod[]> = {
  name: 'lifecycle',
  duckdb: (params) => select(duckdb(), params),
  clickhouse: (params) => select(clickhouse(), params),
  fold: (rows, params) => countLifecycle([...peopleOver(rows, params).values()], periodsOf(params.calendar, params)),
  finish: (plain, params) => tabulateLifecycle(plain, { periods: periodsOf(params.calendar, params), asOf: params.asOf }),
};

/** When people came and were active, from rows in memory. */
export function peopleOver(rows: readonly WarehouseRow[], params: LifecycleParams): ReadonlyMap<number, LifecyclePerson> {
  const periods = periodsOf(params.calendar, params);
  const people = new Map<number, { came: number; active: number[] }>();
  for (const row of rows) {
    if (row.k >= firstKeyAfter(params.asOf)) continue;
    const person = people.get(row.person) ?? { came: periodOf(row, periods), active: [] };
    if (meets(row, params.active)) person.active.push(periodOf(row, periods));
    people.set(row.person, person);
  }
  return people;
}

/** A number that no period has, for what lies far outside the range. */
const elsewhere = Number.NEGATIVE_INFINITY;

function periodOf(row: WarehouseRow, periods: Periods): number {
  const instant = instantOf(row.k);
  return instant < periods.earliest || instant >= periods.latest ? elsewhere : periodAt(instant, periods);
}

/** The period before the range is read for who was active then; what else its row says is of no use. */
function select(dialect: Dialect, params: LifecycleParams) {
  const periods = periodsOf(params.calendar, params);
  const { scope, asOf, active: pick } = params;
  const dated = activePeriodsSql(dialect, { scope, pick, periods, first: periods.first - 1, last: periods.last, asOf });
  return statement(
    dialect,
    `with came as (${firstTimesSql(dialect, { scope, asOf })}),
      dated as (${dated}),
      steps as (select person, period, lag(period) over (partition by person order by period) as previous from dated)
    select period, count(*) as active, sum(case when previous = period - 1 then 1 else 0 end) as returning,
        sum(case when period = ${periodSql(dialect, periods, 'began')} then 1 else 0 end) as fresh
      from steps join came on came.person = steps.person
      group by period`,
  );
}
