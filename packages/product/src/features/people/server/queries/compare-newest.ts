import type { WarehouseRow } from '../../../../ports/warehouse/warehouse.ts';

/** Newest first; rows with one order key by their id. */
export function compareNewest(a: WarehouseRow, b: WarehouseRow): number {
  return b.k - a.k || (a.id < b.id ? 1 : -1);
}
