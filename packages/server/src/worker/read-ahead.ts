import type { EventLog, LogBatch } from '@gangway/product/ports/event-log/event-log.ts';

/** What a read was asked. */
type Asked = Parameters<EventLog['read']>;

/**
 * Reads a log as it does, and where more lies in it than a read may take, the next read along with it: the store then
 * looks for it while what was read is worked on. A reader that keeps up asks every time, or it would be given what
 * had come a turn ago.
 */
export function readAhead(log: Pick<EventLog, 'read' | 'partitions'>): Pick<EventLog, 'read' | 'partitions'> {
  let ahead: { readonly asked: Asked; readonly batches: Promise<LogBatch[]> } | undefined;
  const begin = ([partition, after, limit, enough]: Asked) => {
    const batches = log.read(partition, after, limit, enough);
    // Whoever asks for it hears of what went wrong.
    batches.catch(() => undefined);
    ahead = { asked: [partition, after, limit, enough], batches };
  };
  return {
    partitions: log.partitions,
    async read(...asked) {
      const begun = ahead;
      ahead = undefined;
      const known = begun && isSame(begun.asked, asked) ? await begun.batches : [];
      // Nothing then may be something by now.
      const batches = known.length > 0 ? known : await log.read(...asked);
      const [partition, , limit, enough = Number.POSITIVE_INFINITY] = asked;
      const last = batches.at(-1);
      const full = batches.length === limit || batches.reduce((sum, { entries }) => sum + entries.length, 0) >= enough;
      if (last && full) begin([partition, last.position, limit, asked[3]]);
      return batches;
    },
  };
}

function isSame(one: Asked, other: Asked): boolean {
  return one.every((part, index) => part === other[index]);
}
