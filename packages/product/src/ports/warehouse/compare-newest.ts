import type { WarehouseRow } from './warehouse.ts';

/** Newest first; rows with one order key by their id, the last first. */
export function compareNewest(a: Pick<WarehouseRow, 'k' | 'id'>, b: Pick<WarehouseRow, 'k' | 'id'>): number {
  return b.k - a.k || (a.id < b.id ? 1 : -1);
}
