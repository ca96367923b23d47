import type { Query, WarehouseRow } from '../ports/warehouse/warehouse.ts';

export interface PastEventsParams {
  readonly scope: string;
  /** The numbers that people have now. */
  readonly people: readonly number[];
  readonly names: readonly string[];
}

export type PastEvent = Pick<WarehouseRow, 'person' | 'name' | 'k' | 'properties'>;

/** Everything that some people ever did under some names, each person's in order. */
export const pastEvents: Query<PastEventsParams, PastEvent, readonly PastEvent[]> = {
  name: 'past-events',
  duckdb: ({ scope, people, names }) => ({
    text: `select person, name, k, properties from rows
      where scope = $1 and kind = 'event' and list_contains($2::integer[], person) and name in (${names.map((_, index) => `$${index + 3}`).join(', ')})
      order by person, k, id`,
    values: [scope, people, ...names],
  }),
  clickhouse: ({ scope, people, names }) => ({
    text: `select person, name, k, properties from rows
      where scope = {p1:String} and kind = 'event' and has({p2:Array(Int64)}, person)
        and name in (${names.map((_, index) => `{p${index + 3}:String}`).join(', ')})
      order by person, k, id`,
    values: [scope, people, ...names],
  }),
  fold: (rows, { people, names }) =>
    rows
      .filter((row) => row.kind === 'event' && people.includes(row.person) && names.includes(row.name))
      .map(({ person, name, k, properties }) => ({ person, name, k, properties })),
  finish: (plain) => plain,
};
