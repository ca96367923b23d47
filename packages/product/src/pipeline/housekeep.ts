import type { Clock } from '../kernel/clock.ts';
import type { Db, Table } from '../ports/db/db.ts';
import type { EventLog } from '../ports/event-log/event-log.ts';
import type { Warehouse } from '../ports/warehouse/warehouse.ts';
import { resolutions, seen } from './tables.ts';

/** How long an id is remembered for de-duplication. */
export const deduplicationWindow = 7 * 86_400_000;
const rowsATime = 2000;

/** Forgets what is no longer needed: ids older than the window, resolutions that the warehouse has taken. */
export async function housekeep(deps: { db: Db; log: EventLog; warehouse: Warehouse; clock: Clock }): Promise<boolean> {
  const old = deps.clock.now() - deduplicationWindow;
  let removed = await removeSome(deps.db, seen, 'at', old);
  for (let partition = 0; partition < deps.log.partitions; partition++) {
    const position = await deps.warehouse.position(partition);
    removed += await deps.db.transaction({ as: 'system' }, async (tx) => {
      const rows = await tx.list(resolutions, {
        where: { partition },
        range: { column: 'position', to: position - keptResolutions },
        limit: rowsATime,
      });
      return tx.remove(resolutions, rows);
    });
  }
  return removed > 0;
}

/** The last resolutions stay, so that a warehouse restored to a little earlier can catch up without a replay. */
const keptResolutions = 10_000;

async function removeSome<Row extends object>(db: Db, table: Table<Row>, column: keyof Row & string, to: number): Promise<number> {
  return db.transaction({ as: 'system' }, async (tx) =>
    tx.remove(table, await tx.list(table, { range: { column, to }, limit: rowsATime })),
  );
}
