import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zoneOffsets } from '../../../../kernel/zone-offsets.ts';
import type { Query, Scoped, Warehouse } from '../../../../ports/warehouse/warehouse.ts';
import { sampleBatch, sampleWarehouseRow } from '../../../../ports/warehouse/warehouse-history.contract.ts';
import { type Calendar, day, type Periods, periodAt, periodsOf } from '../../calendar.ts';
import { clickhouse, type Dialect, duckdb, statement } from './dialect.ts';
import { firstKeyAt, instantOf } from './order-key.ts';
import { periodSql } from './period-sql.ts';
import { zoneNames } from './report-histories.contract.ts';

const scope = 'w_clocks/production';
const year = { from: Date.UTC(2024, 0, 1), to: Date.UTC(2025, 0, 1) };

interface Dated {
  readonly k: number;
  readonly period: number;
}
type PeriodsParams = Scoped & { readonly calendar: Calendar };

/** The period of every row, by its order key. */
const periodsOfRows: Query<PeriodsParams, Dated, readonly Dated[]> = {
  name: 'periods of rows',
  duckdb: (params) => select(duckdb(), params),
  clickhouse: (params) => select(clickhouse(), params),
  fold: (rows, { calendar }) =>
    dated(
      rows.map(({ k }) => k),
      calendar,
    ),
  finish: (plain) => plain,
};

function select(dialect: Dialect, params: PeriodsParams) {
  return statement(
    dialect,
    `select k, ${periodSql(dialect, inYear(params.calendar))} as period from rows where scope = ${dialect.text(params.scope)} order by k`,
  );
}

function dated(keys: readonly number[], calendar: Calendar): Dated[] {
  const periods = inYear(calendar);
  return keys.map((k) => ({ k, period: periodAt(instantOf(k), periods) }));
}

function inYear(calendar: Calendar): Periods {
  return periodsOf(calendar, year);
}

/** The last order key before an instant at which some zone’s clocks change, its first ones, and those a millisecond beside. */
function keysAtChanges(): number[] {
  const changes = zoneNames.flatMap((zone) => zoneOffsets(zone, year.from, year.to).slice(0, -1));
  const keys = changes.flatMap(({ until }) => [-4096, -1, 0, 1, 4096].map((beside) => firstKeyAt(until) + beside));
  return [...new Set(keys)].sort((a, b) => a - b);
}

/** The days of keys as the zone database of this process has them, by another way than the product's. */
function daysByName(keys: readonly number[], zone: string): Dated[] {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return keys.map((k) => ({ k, period: Date.parse(`${format.format(instantOf(k))}T00:00:00Z`) / day }));
}

/** At the very key at which clocks change, and beside it, engines and the calendar put an event into the same period. */
export function describeClockChanges(name: string, create: () => Promise<Warehouse>): void {
  describe(`changes of clocks: ${name}`, () => {
    const keys = keysAtChanges();
    let warehouse: Warehouse;
    beforeAll(async () => {
      warehouse = await create();
      const rows = keys.map((k) => sampleWarehouseRow({ scope, k, id: String(k) }));
      await warehouse.write(sampleBatch({ position: 1, rows }));
    });
    afterAll(() => warehouse?.close());

    test.each(zoneNames)('%s', async (zone) => {
      const periods = (unit: Calendar['unit']) => warehouse.run(periodsOfRows, { scope, calendar: { unit, zone } });
      expect(await periods('day')).toEqual(daysByName(keys, zone));
      for (const unit of ['week', 'month'] as const) expect(await periods(unit)).toEqual(dated(keys, { unit, zone }));
    });
  });
}
