import type { Query } from '../../../../ports/warehouse/warehouse.ts';
import type { ValueRow } from '../../time-to-value.ts';
import { unitsOfValueCell, type ValueCellKey } from '../../value-cell.ts';
import { type Members, type MembersPage, pageOf } from './members.ts';
import { type ValueTimesParams, valueTimes } from './value-times.ts';

export interface ValuePeopleParams extends ValueTimesParams {
  readonly cell: ValueCellKey;
  readonly page: MembersPage<number | string>;
}

/** The people, or the accounts, behind a number of the time to value: of the very rows that it is made of. */
export const valuePeople: Query<ValuePeopleParams, ValueRow, Members<number | string>> = {
  name: 'time to value people',
  duckdb: valueTimes.duckdb,
  clickhouse: valueTimes.clickhouse,
  fold: valueTimes.fold,
  finish: (plain, { asOf, cell, page }) => pageOf(unitsOfValueCell(plain, { asOf, cell }), page),
};
