import type { Query, WarehouseRow } from '../../../../ports/warehouse/warehouse.ts';
import { compareNewest } from './compare-newest.ts';

export interface TimelineParams {
  readonly scope: string;
  /** The number the person has now. */
  readonly person: number;
  /** Rows strictly below this order key: the `k` of the last row of the page before, or a very large number. */
  readonly before: number;
  readonly limit: number;
}

/** What a person did and reached, newest first, a page at a time. */
export const timeline: Query<TimelineParams, WarehouseRow, readonly WarehouseRow[]> = {
  name: 'timeline',
  duckdb: ({ scope, person, before, limit }) => ({
    // The page is first found by its keys alone: texts of all other rows need not be read then. Numbers before
    // merges are what is stored, so the engine can skip what holds none of them.
    text: `with numbers as (select $2::integer as written_person union all select written_person from merged where scope = $1 and person = $2),
      keys as (select k from rows where scope = $1 and written_person in (select written_person from numbers) and person = $2 and k < $3
        order by k desc limit $4)
      select scope, k, kind, name, type, person, account, id, properties
      from rows
      where scope = $1 and written_person in (select written_person from numbers) and person = $2 and k < $3 and k >= (select min(k) from keys)
      order by k desc, id desc
      limit $4`,
    values: [scope, person, before, limit],
  }),
  clickhouse: ({ scope, person, before, limit }) => ({
    text: `select scope, k, kind, name, type, person, account, id, properties
      from rows
      where scope = {p1:String} and person = {p2:Int64} and k < {p3:Int64}
      order by k desc, id desc
      limit {p4:UInt32}`,
    values: [scope, person, before, limit],
  }),
  fold: (rows, { person, before, limit }) =>
    rows
      .filter((row) => row.person === person && row.k < before)
      .sort(compareNewest)
      .slice(0, limit),
  finish: (plain) => plain,
};
