import type { Query, Scoped, WarehouseRow } from './warehouse.ts';

const columns = 'scope, k, kind, name, type, person, account, id, properties';
const sorted = `select ${columns} from rows where scope =`;

/** Everything of a scope, merged and sorted as a fold sees it: the question with which the contract looks inside. */
export const allRows: Query<Scoped, WarehouseRow, readonly WarehouseRow[]> = {
  name: 'all rows',
  duckdb: ({ scope }) => ({ text: `${sorted} $1 order by person, k, id`, values: [scope] }),
  clickhouse: ({ scope }) => ({ text: `${sorted} {p1:String} order by person, k, id`, values: [scope] }),
  fold: (rows) => [...rows],
  finish: (plain) => plain,
};
