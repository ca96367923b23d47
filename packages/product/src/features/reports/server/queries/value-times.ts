import type { Query, WarehouseRow } from '../../../../ports/warehouse/warehouse.ts';
import { type EventPick, meets } from '../../event-pick.ts';
import { type TimeToValue, timeToValue, type ValueRow } from '../../time-to-value.ts';
import { clickhouse, type Dialect, duckdb, statement } from './dialect.ts';
import { firstKeyAfter, firstKeyAt } from './order-key.ts';
import { pickSql } from './pick-sql.ts';

export interface ValueTimesParams {
  readonly scope: string;
  /** Whose time it is. Rows without an account count for no account. */
  readonly unit: 'person' | 'account';
  /** The beginning: the first such row ever. */
  readonly start: EventPick;
  /** The first value: the first such row ever, so it may also lie before the beginning. */
  readonly value: EventPick;
  /** What ends the hope for it, for instance a cancellation: the first such row after the beginning. */
  readonly loss?: EventPick | undefined;
  /** Who began in [from, to), epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  /** What happened later is left out; epoch milliseconds. */
  readonly asOf: number;
}

/** How long it takes to come to the first value, with those who are not there yet. */
export const valueTimes: Query<ValueTimesParams, ValueRow, TimeToValue> = {
  name: 'time to value',
  duckdb: (params) => select(duckdb(), params),
  clickhouse: (params) => select(clickhouse(), params),
  fold(rows, params) {
    const units = new Map<number | string, WarehouseRow[]>();
    for (const row of [...rows].sort((a, b) => a.k - b.k)) {
      const unit = params.unit === 'person' ? row.person : row.account;
      if (unit === null || row.k >= firstKeyAfter(params.asOf)) continue;
      const own = units.get(unit);
      if (own) own.push(row);
      else units.set(unit, [row]);
    }
    return [...units].flatMap(([unit, own]): ValueRow[] => {
      const began = own.find((row) => meets(row, params.start))?.k;
      if (began === undefined || began < firstKeyAt(params.from) || began >= firstKeyAt(params.to)) return [];
      const reached = own.find((row) => meets(row, params.value))?.k ?? null;
      const { loss } = params;
      return [{ unit, began, reached, lost: (loss && own.find((row) => row.k > began && meets(row, loss))?.k) ?? null }];
    });
  },
  finish: (plain, { asOf }) => timeToValue(plain, asOf),
};

function select(dialect: Dialect, params: ValueTimesParams) {
  const { unit, loss } = params;
  const known = `scope = ${dialect.text(params.scope)} and k < ${firstKeyAfter(params.asOf)} and ${unit} is not null`;
  const inside = `began >= ${firstKeyAt(params.from)} and began < ${firstKeyAt(params.to)}`;
  const times = `select ${unit} as unit, ${dialect.minIf('k', pickSql(dialect, params.start))} as began,
        ${dialect.minIf('k', pickSql(dialect, params.value))} as reached
      from rows where ${known} group by ${unit}`;
  if (!loss) return statement(dialect, `select unit, began, reached, null as lost from (${times}) as times where ${inside}`);
  return statement(
    dialect,
    `with times as (select unit, began, reached from (${times}) as times where ${inside}),
      losses as (select read.unit as unit, min(read.k) as lost from (select ${unit} as unit, k from rows where ${known} and ${pickSql(dialect, loss)}) as read
        join times on times.unit = read.unit where read.k > times.began group by read.unit)
    select unit, began, reached, null as lost from times where unit not in (select unit from losses)
    union all
    select times.unit as unit, began, reached, lost from times join losses on losses.unit = times.unit`,
  );
}
