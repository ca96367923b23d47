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
  person: ({ person }) => person,
  duckdb: ({ scope, person, before, limit }, written) => ({
    text: `select $1 as scope, k, kind, name, type, $2::integer as person, account, own.id as id, properties
      from (${writtenRows(written)}) as own
      join words on words.id = own.word
      where words.scope_name = $1 and k < $3
      order by k desc, own.id desc
      limit $4`,
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

/** Numbers that are looked for one by one. */
const alone = 8;

/**
 * The rows that were written under one of the numbers. Rows of one number lie together, and the engine finds its few
 * blocks when it knows the number before it reads; of a list it reads whatever lies between the smallest and the largest.
 */
function writtenRows(written: readonly number[]): string {
  const [few, more] = [written.slice(0, alone), written.slice(alone)];
  const conditions = [...few.map((number) => `person = ${number}`), ...(more.length > 0 ? [`person in (${more.join(', ')})`] : [])];
  if (conditions.length === 0) conditions.push('1 = 0');
  return conditions.map((condition) => `select word, k, account, id, properties from stored_rows where ${condition}`).join(' union all ');
}
