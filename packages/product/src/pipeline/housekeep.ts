import type { Clock } from '../kernel/clock.ts';
import type { Db } from '../ports/db/db.ts';
import { seenEntries, seenEvents } from './tables.ts';

/** How long an id is remembered for de-duplication. */
export const deduplicationWindow = 7 * 86_400_000;
const rowsATime = 2000;

/**
 * Forgets ids older than the window. Resolutions stay as long as the log does: with them a warehouse that was
 * lost is built again, without a replay.
 */
export async function housekeep(deps: { db: Db; clock: Clock }): Promise<boolean> {
  const old = deps.clock.now() - deduplicationWindow;
  const oldest = { range: { column: 'at', to: old }, limit: rowsATime } as const;
  return deps.db.transaction({ as: 'system' }, async (tx) => {
    const events = await tx.removeListed(seenEvents, oldest);
    return events + (await tx.removeListed(seenEntries, oldest)) > 0;
  });
}
