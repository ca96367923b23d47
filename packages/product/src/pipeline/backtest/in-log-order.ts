import type { LoggedEntry } from '../../kernel/entry.ts';
import type { EventLog, LogBatch } from '../../ports/event-log/event-log.ts';

/** Some entries of the log, and how many batches they came in. */
export interface Stretch {
  readonly batches: number;
  readonly entries: readonly LoggedEntry[];
}

const batchesATime = 16;

/** The whole log, oldest first; with several partitions the one whose next batch is the oldest goes on. */
export async function* inLogOrder(log: Pick<EventLog, 'partitions' | 'read'>): AsyncGenerator<Stretch> {
  const heads = await Promise.all(Array.from({ length: log.partitions }, async (_, partition) => log.read(partition, 0, batchesATime)));
  for (;;) {
    const partition = oldest(heads);
    const head = heads[partition] ?? [];
    const last = head.at(-1);
    if (!last) return;
    // Alone in the log, a partition's batches are one stretch; beside others each is.
    const taken = heads.length === 1 ? head : head.slice(0, 1);
    const rest = head.slice(taken.length);
    heads[partition] = rest.length > 0 ? rest : await log.read(partition, last.position, batchesATime);
    yield { batches: taken.length, entries: taken.flatMap((batch) => batch.entries) };
  }
}

function oldest(heads: readonly (readonly LogBatch[])[]): number {
  const firsts = heads.map((head) => head[0]?.entries[0]?.at ?? Number.POSITIVE_INFINITY);
  return firsts.indexOf(Math.min(...firsts));
}
