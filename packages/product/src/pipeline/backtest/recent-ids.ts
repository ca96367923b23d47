import type { LoggedEntry } from '../../kernel/entry.ts';
import { deduplicationWindow } from '../housekeep.ts';

/**
 * Whether an entry's id is new in the window of de-duplication, as stage 3 asks. What is older is forgotten, so
 * that what is remembered does not grow with the log.
 */
export function createRecentIds(): (entry: LoggedEntry) => boolean {
  // A map keeps the order of insertion, and entries come in the order of their instants.
  const ids = new Map<string, number>();
  return ({ id, at }) => {
    const known = ids.get(id);
    if (known !== undefined && at - known <= deduplicationWindow) return false;
    ids.delete(id);
    ids.set(id, at);
    for (const [old, since] of ids) {
      if (at - since <= deduplicationWindow) break;
      ids.delete(old);
    }
    return true;
  };
}
