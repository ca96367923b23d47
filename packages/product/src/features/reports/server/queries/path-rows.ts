import type { Query, WarehouseRow } from '../../../../ports/warehouse/warehouse.ts';
import { type EventPick, meets } from '../../event-pick.ts';
import { type PathRow, type PathsResult, tabulatePaths } from '../../paths.ts';
import { clickhouse, type Dialect, duckdb, statement } from './dialect.ts';
import { firstKeyAt } from './order-key.ts';
import { pickSql } from './pick-sql.ts';

export interface PathsParams {
  readonly scope: string;
  /** The event from which paths are drawn: a person's first one in the range, or, looking back, their last one. */
  readonly anchor: EventPick;
  readonly direction: 'after' | 'before';
  /** Places of a path. */
  readonly steps: number;
  /** Events that keep a stop of their own at each place. */
  readonly top: number;
  /** Everything lies in [from, to), epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

/** What people did next, or what they had done before. Paths are made of events, not of milestones. The anchor is place 0. */
export const paths: Query<PathsParams, PathRow, PathsResult> = {
  name: 'paths',
  duckdb: (params) => select(duckdb(), params),
  clickhouse: (params) => select(clickhouse(), params),
  fold(rows, params) {
    const people = new Map<number, WarehouseRow[]>();
    for (const row of rows) {
      if (row.k < firstKeyAt(params.from) || row.k >= firstKeyAt(params.to)) continue;
      const own = people.get(row.person);
      if (own) own.push(row);
      else people.set(row.person, [row]);
    }
    return [...people].flatMap(([person, own]): PathRow[] => {
      const ordered = params.direction === 'after' ? own : [...own].reverse();
      const anchor = ordered.find((row) => meets(row, params.anchor));
      if (!anchor) return [];
      const beyond = ordered.filter((row) => row.kind === 'event' && (params.direction === 'after' ? row.k > anchor.k : row.k < anchor.k));
      return [
        { person, place: 0, name: '' },
        ...beyond.slice(0, params.steps).map((row, index) => ({ person, place: index + 1, name: row.name })),
      ];
    });
  },
  finish: (plain, { steps, top }) => tabulatePaths(plain, { steps, top }),
};

function select(dialect: Dialect, params: PathsParams) {
  const { from, to, steps, direction } = params;
  const read = `scope = ${dialect.text(params.scope)} and k >= ${firstKeyAt(from)} and k < ${firstKeyAt(to)}`;
  const [edge, beyond, order] = direction === 'after' ? ['min', '>', 'asc'] : ['max', '<', 'desc'];
  return statement(
    dialect,
    `with anchors as (select person, ${edge}(k) as anchor from rows where ${read} and ${pickSql(dialect, params.anchor)} group by person),
      placed as (select rows.person as person, rows.name as name,
          row_number() over (partition by rows.person order by rows.k ${order}, rows.id ${order}) as place
        from rows join anchors on anchors.person = rows.person
        where ${read} and kind = 'event' and rows.k ${beyond} anchors.anchor)
    select person, 0 as place, '' as name from anchors
    union all
    select person, place, name from placed where place <= ${steps}`,
  );
}
