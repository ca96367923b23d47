import type { Query } from '../../../../ports/warehouse/warehouse.ts';
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
  duckdb: ({ scope, event, from, to }) => ({
    text: `select person, min(k) as began
      from rows
      where scope = $1 and ($2 = '' or (kind = 'event' and name = $2))
      group by person
      having began >= $3 and began < $4
      order by began, person`,
    values: [scope, event, firstKeyAt(from), firstKeyAt(to)],
  }),
  clickhouse: ({ scope, event, from, to }) => ({
    text: `select person, min(k) as began
      from rows
      where scope = {p1:String} and ({p2:String} = '' or (kind = 'event' and name = {p2:String}))
      group by person
      having began >= {p3:Int64} and began < {p4:Int64}
      order by began, person`,
    values: [scope, event, firstKeyAt(from), firstKeyAt(to)],
  }),
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
