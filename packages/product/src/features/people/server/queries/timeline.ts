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

const columns = 'scope, k, kind, name, type, person, account, id, properties';

/** What a person did and reached, newest first, a page at a time. */
export const timeline: Query<TimelineParams, WarehouseRow, readonly WarehouseRow[]> = {
  name: 'timeline',
  duckdb: ({ scope, person, before, limit }) => ({
    // By the numbers under which the rows were written: they lie together, and the engine finds the few blocks while
    // it reads. Names are looked up for the rows that are shown.
    text: `with written as (select $2::integer as person union all select person from moved where scope = $1 and became = $2),
        own as (select word, k, account, id, properties from stored_rows
          where person in (select person from written) and k < $3 and word in (select id from words where scope_name = $1)
          order by k desc, id desc limit $4)
      select $1 as scope, k, kind, name, type, $2::integer as person, account, own.id as id, properties
      from own join words on words.id = own.word
      where $2 not in (select person from moved where scope = $1)
      order by k desc, own.id desc`,
    values: [scope, person, before, limit],
  }),
  clickhouse: ({ scope, person, before, limit }) => ({
    text: `select ${columns}
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
