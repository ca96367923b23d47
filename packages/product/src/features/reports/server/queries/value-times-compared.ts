import type { Query } from '../../../../ports/warehouse/warehouse.ts';
import { type ComparedTimes, comparedTimes } from '../../compared-times.ts';
import type { ValueRow } from '../../time-to-value.ts';
import { firstKeyAt } from './order-key.ts';
import { type ValueTimesParams, valueTimes } from './value-times.ts';

export interface ComparedTimesParams extends ValueTimesParams {
  /** Where the range before begins, epoch milliseconds; it ends where the range begins. */
  readonly before: number;
}

const both = (params: ComparedTimesParams): ValueTimesParams => ({ ...params, from: params.before });

/** The time to value of two ranges in a row, read at once. */
export const valueTimesCompared: Query<ComparedTimesParams, ValueRow, ComparedTimes> = {
  name: 'time to value compared',
  duckdb: (params) => valueTimes.duckdb(both(params)),
  clickhouse: (params) => valueTimes.clickhouse(both(params)),
  fold: (rows, params) => valueTimes.fold(rows, both(params)),
  finish: (plain, { from, asOf }) => comparedTimes(plain, { from: firstKeyAt(from), asOf }),
};
