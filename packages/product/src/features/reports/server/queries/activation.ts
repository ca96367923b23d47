import type { Query, WarehouseRow } from '../../../../ports/warehouse/warehouse.ts';
import { firstKeyAfter, firstKeyAt, instantOf } from './order-key.ts';

export interface ActivationParams {
  readonly scope: string;
  /** Id of the milestone that means activated. */
  readonly milestone: string;
  /** The event with which a person begins; their first row of any kind when empty. */
  readonly start: string;
  /** Who began in [from, to) is in the cohort, epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds allowed from the beginning to the milestone, included. */
  readonly within: number;
  /** What happened later is left out; epoch milliseconds. */
  readonly asOf: number;
}

/** One person of the cohort: order keys of the beginning and of the milestone's first time. */
export interface ActivationRow {
  readonly person: number;
  readonly began: number;
  readonly reached: number | null;
}

/** Person numbers: the figures are their counts, and these are the rows behind them. */
export interface ActivationResult {
  /** Whose whole window has passed: the denominator. */
  readonly matured: readonly number[];
  /** Those of `matured` who reached the milestone in time: the numerator. */
  readonly activated: readonly number[];
  /** Whose window is still open, reached or not. */
  readonly open: readonly number[];
  /** Those of `open` who have reached it already. They count once their window has passed, or the rate would flatter the youngest. */
  readonly early: readonly number[];
  /** `activated / matured`; null without a denominator. */
  readonly rate: number | null;
}

export const activation: Query<ActivationParams, ActivationRow, ActivationResult> = {
  name: 'activation',
  duckdb: (params) => ({
    text: `select person, min(k) filter (where $3 = '' or (kind = 'event' and name = $3)) as began,
        min(k) filter (where kind = 'milestone' and name = $2) as reached
      from rows
      where scope = $1 and k < $6
      group by person
      having began >= $4 and began < $5
      order by person`,
    values: values(params),
  }),
  clickhouse: (params) => ({
    text: `select person, minOrNullIf(k, {p3:String} = '' or (kind = 'event' and name = {p3:String})) as began,
        minOrNullIf(k, kind = 'milestone' and name = {p2:String}) as reached
      from rows
      where scope = {p1:String} and k < {p6:Int64}
      group by person
      having began >= {p4:Int64} and began < {p5:Int64}
      order by person`,
    values: values(params),
  }),
  fold(rows, params) {
    const people = new Map<number, WarehouseRow[]>();
    for (const row of rows) {
      if (row.k >= firstKeyAfter(params.asOf)) continue;
      const own = people.get(row.person);
      if (own) own.push(row);
      else people.set(row.person, [row]);
    }
    return [...people].flatMap(([person, own]): ActivationRow[] => {
      const began = own.find((row) => params.start === '' || (row.kind === 'event' && row.name === params.start))?.k;
      const reached = own.find((row) => row.kind === 'milestone' && row.name === params.milestone)?.k ?? null;
      const inside = began !== undefined && began >= firstKeyAt(params.from) && began < firstKeyAt(params.to);
      return inside ? [{ person, began, reached }] : [];
    });
  },
  finish(plain, params) {
    const people = plain.map((row) => ({
      person: row.person,
      passed: params.asOf - instantOf(row.began) >= params.within,
      // Reached before the beginning (a clock that was wrong) is in time.
      inTime: row.reached !== null && instantOf(row.reached) - instantOf(row.began) <= params.within,
    }));
    const numbers = (keep: (one: (typeof people)[number]) => boolean) => people.filter(keep).map((one) => one.person);
    const matured = numbers((one) => one.passed);
    const activated = numbers((one) => one.passed && one.inTime);
    return {
      matured,
      activated,
      open: numbers((one) => !one.passed),
      early: numbers((one) => !one.passed && one.inTime),
      rate: matured.length === 0 ? null : activated.length / matured.length,
    };
  },
};

function values(params: ActivationParams): readonly (string | number)[] {
  const { scope, milestone, start, from, to, asOf } = params;
  return [scope, milestone, start, firstKeyAt(from), firstKeyAt(to), firstKeyAfter(asOf)];
}
