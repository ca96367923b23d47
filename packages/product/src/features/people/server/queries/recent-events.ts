import { compareNewest } from '../../../../ports/warehouse/compare-newest.ts';
import type { Query, WarehouseRow } from '../../../../ports/warehouse/warehouse.ts';

export interface RecentEventsParams {
  readonly scope: string;
  readonly limit: number;
}

/** The newest rows of an environment, whoever did them: what a live screen starts with. */
export const recentEvents: Query<RecentEventsParams, WarehouseRow, readonly WarehouseRow[]> = {
  name: 'recent events',
  duckdb: ({ scope, limit }) => ({
    text: `select scope, k, kind, name, type, person, account, id, properties
      from rows
      where scope = $1
      order by k desc, id desc
      limit $2`,
    values: [scope, limit],
  }),
  clickhouse: ({ scope, limit }) => ({
    text: `select scope, k, kind, name, type, person, account, id, properties
      from rows
      where scope = {p1:String}
      order by k desc, id desc
      limit {p2:UInt32}`,
    values: [scope, limit],
  }),
  fold: (rows, { limit }) => [...rows].sort(compareNewest).slice(0, limit),
  finish: (plain) => plain,
};
