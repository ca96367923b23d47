import type { Query } from '../../../../ports/warehouse/warehouse.ts';
import { type FunnelCell, peopleOfFunnelCell } from '../../funnel-cell.ts';
import { countChains } from '../../funnel-walks.ts';
import { eventsOf, type FunnelParams, type FunnelRow, funnelRows, shapeOf } from './funnel-rows.ts';
import { type Members, type MembersPage, pageOf } from './members.ts';

export interface FunnelPeopleParams extends FunnelParams {
  readonly cell: FunnelCell;
  readonly page: MembersPage;
}

/** The people behind a number of a funnel: of the very rows that the funnel is made of. */
export const funnelPeople: Query<FunnelPeopleParams, FunnelRow, Members<number>> = {
  name: 'funnel people',
  duckdb: funnelRows.duckdb,
  clickhouse: funnelRows.clickhouse,
  fold: funnelRows.fold,
  finish(plain, params) {
    const shape = shapeOf(params);
    const chains = countChains(eventsOf(plain), shape);
    return pageOf(peopleOfFunnelCell(chains, { shape, summary: params, cell: params.cell }), params.page);
  },
};
