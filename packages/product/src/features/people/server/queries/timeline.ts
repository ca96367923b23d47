import { compareNewest } from '../../../../ports/warehouse/compare-newest.ts';
import type { Query, WarehouseRow } from '../../../../ports/warehouse/warehouse.ts';

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
  duckdb: ({ person, before, limit }) => ({ newestOf: person, before, limit }),
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
