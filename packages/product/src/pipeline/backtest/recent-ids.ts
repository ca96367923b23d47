import type { LoggedEntry } from '../../kernel/entry.ts';
import { deduplicationWindow } from '../housekeep.ts';

/**
 * Whether an entry's id is new in the window of de-duplication, as stage 3 asks. What is older than two windows is
 * forgotten, so that what is remembered does not grow with the log.
 */
export function createRecentIds(): (entry: LoggedEntry) => boolean {
  // Two maps that take turns. Deleting the oldest of one map by one leaves holes that every look at its head walks over.
  let [older, newer] = [new Map<string, number>(), new Map<string, number>()];
  let since = Number.NEGATIVE_INFINITY;
  return ({ id, at }) => {
    if (at - since > deduplicationWindow) {
      [older, newer] = [newer, new Map()];
      since = at;
    }
    const known = newer.get(id) ?? older.get(id);
    if (known !== undefined && at - known <= deduplicationWindow) return false;
    newer.set(id, at);
    return true;
  };
}
