import type { Query, Statement, WarehouseRow } from '../../../../ports/warehouse/warehouse.ts';
import { type FunnelResult, type FunnelRow, type FunnelStep, foldFunnel } from '../../funnel.ts';
import { firstKeyAt } from './order-key.ts';

export interface FunnelParams {
  readonly scope: string;
  /** At most 10. */
  readonly steps: readonly FunnelStep[];
  /** Step 1 lies in [from, to), epoch milliseconds; later steps may follow until `within` after it. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds. */
  readonly within: number;
}

/**
 * The engine finds and sorts the rows of the people who took step 1 in the period; one fold for all engines makes
 * the funnel of them, so that the answer cannot depend on the engine.
 */
export const funnelRows: Query<FunnelParams, FunnelRow, FunnelResult> = {
  name: 'funnel',
  duckdb: (params) => ({
    text: selectRows({ mark: (number) => `$${number}`, row: (sum) => sum, params }),
    values: values(params),
  }),
  clickhouse: (params) => ({
    text: selectRows({ mark: (number, type) => `{p${number}:${type}}`, row: (sum) => `toUInt32(${sum})`, params }),
    values: values(params),
  }),
  fold(rows, params) {
    const { from, to, until } = keys(params);
    const met = rows.map((row) => ({ person: row.person, k: row.k, steps: stepsMet(row, params.steps) }));
    const started = new Set(met.filter((row) => row.steps % 2 === 1 && row.k >= from && row.k < to).map((row) => row.person));
    return met.filter((row) => row.steps > 0 && row.k >= from && row.k < until && started.has(row.person));
  },
  finish(plain, params) {
    const { from, to } = keys(params);
    return foldFunnel(plain, { steps: params.steps.length, window: params.within, from, to });
  },
};

/** Order keys: step 1 in [from, to), every row below `until`. */
function keys(params: FunnelParams): { from: number; to: number; until: number } {
  const to = firstKeyAt(params.to);
  return { from: firstKeyAt(params.from), to, until: to + firstKeyAt(params.within + 1) };
}

function stepsMet(row: WarehouseRow, steps: readonly FunnelStep[]): number {
  return steps.reduce((mask, step, index) => (kindAndName(step).join('\n') === `${row.kind}\n${row.name}` ? mask | (1 << index) : mask), 0);
}

function kindAndName(step: FunnelStep): readonly [string, string] {
  return step.type === 'event' ? ['event', step.name] : ['milestone', step.id];
}

function values(params: FunnelParams): Statement['values'] {
  const { from, to, until } = keys(params);
  return [params.scope, from, to, until, ...params.steps.map((step) => kindAndName(step)[1])];
}

interface Dialect {
  readonly params: FunnelParams;
  mark(number: number, type: string): string;
  /** How a sum of step bits comes back as a plain number. */
  row(sum: string): string;
}

function selectRows({ params, mark, row }: Dialect): string {
  const met = params.steps.map((step, index) => `kind = '${step.type}' and name = ${mark(5 + index, 'String')}`);
  const bits = met.map((condition, index) => `case when ${condition} then ${1 << index} else 0 end`).join(' + ');
  const [scope, from, to, until] = [mark(1, 'String'), mark(2, 'Int64'), mark(3, 'Int64'), mark(4, 'Int64')];
  return `select person, k, ${row(bits)} as steps
    from rows
    where scope = ${scope} and k >= ${from} and k < ${until} and (${met.map((condition) => `(${condition})`).join(' or ')})
      and person in (select person from rows where scope = ${scope} and k >= ${from} and k < ${to} and ${met[0]})
    order by person, k, id`;
}
