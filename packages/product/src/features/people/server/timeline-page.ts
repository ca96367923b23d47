import type { WarehouseRow } from '../../../ports/warehouse/warehouse.ts';

/** A page of a timeline, and the order key below which the next one begins; null at the end. */
export interface TimelinePage {
  readonly rows: readonly WarehouseRow[];
  readonly next: number | null;
}

/**
 * Reads a page that no row falls behind. Rows of one key, which only merged persons have, stay on one page: a page
 * ends before a key that it could not hold whole, and grows when it holds no other.
 *
 * @param read the newest rows below an order key, at most so many
 */
export async function readTimelinePage(
  read: (before: number, limit: number) => Promise<readonly WarehouseRow[]>,
  { before, size }: { before: number; size: number },
): Promise<TimelinePage> {
  for (let wanted = size; ; wanted *= 2) {
    const rows = await read(before, wanted + 1);
    const beyond = rows[wanted];
    if (!beyond) return { rows, next: null };
    const whole = rows.filter(({ k }) => k > beyond.k);
    const last = whole.at(-1);
    if (last) return { rows: whole, next: last.k };
  }
}
