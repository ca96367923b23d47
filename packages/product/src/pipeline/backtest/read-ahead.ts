import type { EventLog, LogBatch } from '../../ports/event-log/event-log.ts';

/** The batches of one partition, some at a time, oldest first; none at the end. */
export interface Ahead {
  next(): Promise<readonly LogBatch[]>;
}

/** Entries that one read should bring: more are garbage that lives too long, fewer are waits for the store. */
const entriesARead = 2_000;
const [firstRead, largestRead] = [16, 256];

/** Reads a partition so that the next batches are on their way while some are worked on. */
export function readAhead(log: Pick<EventLog, 'read'>, partition: number): Ahead {
  let coming = read(0, firstRead);
  return {
    async next() {
      const batches = await coming;
      const last = batches.at(-1);
      if (!last) return [];
      const entries = batches.reduce((sum, batch) => sum + batch.entries.length, 1);
      const wanted = Math.floor((entriesARead * batches.length) / entries);
      coming = read(last.position, Math.min(Math.max(wanted, 1), largestRead));
      return batches;
    },
  };

  function read(after: number, limit: number): Promise<LogBatch[]> {
    const batches = log.read(partition, after, limit);
    // Whoever stops in the middle waits for it no more; for the others it fails when it is asked for.
    batches.catch(() => undefined);
    return batches;
  }
}
