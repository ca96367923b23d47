import type { Query } from '../../../../ports/warehouse/warehouse.ts';
import { firstTimesSql } from './active-periods-sql.ts';
import { clickhouse, type Dialect, duckdb, statement } from './dialect.ts';
import { firstKeyAt, instantOf } from './order-key.ts';

export interface FirstEventsParams {
  readonly scope: string;
  /** The event that is asked for; any row of the person when empty. */
  readonly event: string;
  /** The first time lies in [from, to), epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

/** A person and the order key of their first time. */
export interface FirstEventRow {
  readonly person: number;
  readonly began: number;
}

/** Who did something for the first time in a period, and when (epoch milliseconds): new people, oldest first. */
export const firstEvents: Query<FirstEventsParams, FirstEventRow, readonly { readonly person: number; readonly at: number }[]> = {
  name: 'first events',
  duckdb: (params) => select(duckdb(), params),
  clickhouse: (params) => select(clickhouse(), params),
  fold(rows, { event, from, to }) {
    const first = new Map<number, number>();
    for (const row of rows) {
      if (event !== '' && (row.kind !== 'event' || row.name !== event)) continue;
      if (!first.has(row.person)) first.set(row.person, row.k);
    }
    return [...first]
      .map(([person, began]) => ({ person, began }))
      .filter(({ began }) => began >= firstKeyAt(from) && began < firstKeyAt(to))
      .sort((a, b) => a.began - b.began || a.person - b.person);
  },
  finish: (plain) => plain.map(({ person, began }) => ({ person, at: instantOf(began) })),
};

/** What comes after the period cannot be a first time in it, so nothing of it is read. */
function select(dialect: Dialect, { scope, event, from, to }: FirstEventsParams) {
  const pick = event === '' ? {} : { pick: { type: 'event', name: event } as const };
  return statement(
    dialect,
    `select person, began from (${firstTimesSql(dialect, { scope, ...pick, asOf: to - 1 })}) as firsts
      where began >= ${firstKeyAt(from)} order by began, person`,
  );
}
