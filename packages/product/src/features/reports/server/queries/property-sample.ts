import type { Query } from '../../../../ports/warehouse/warehouse.ts';
import { type PropertyUse, propertyUses } from '../../property-uses.ts';

export interface PropertySampleParams {
  readonly scope: string;
  /** Of this event; of any when empty. */
  readonly event: string;
  /** The newest so many rows are looked at. */
  readonly rows: number;
}

/** Which properties events have, by a sample of the newest: for pickers, so that nobody types a name by heart. */
export const propertySample: Query<PropertySampleParams, { properties: string }, readonly PropertyUse[]> = {
  name: 'property sample',
  duckdb: ({ scope, event, rows }) => ({
    text: `select properties from rows where scope = $1 and kind = 'event' and ($2 = '' or name = $2) order by k desc, id desc limit $3`,
    values: [scope, event, rows],
  }),
  clickhouse: ({ scope, event, rows }) => ({
    text: `select properties from rows where scope = {p1:String} and kind = 'event' and ({p2:String} = '' or name = {p2:String})
      order by k desc, id desc limit {p3:UInt32}`,
    values: [scope, event, rows],
  }),
  fold: (rows, { event, rows: limit }) =>
    rows
      .filter((row) => row.kind === 'event' && (event === '' || row.name === event))
      .sort((a, b) => b.k - a.k || (a.id < b.id ? 1 : -1))
      .slice(0, limit)
      .map(({ properties }) => ({ properties })),
  finish: (plain) => propertyUses(plain.map(({ properties }) => properties)),
};
