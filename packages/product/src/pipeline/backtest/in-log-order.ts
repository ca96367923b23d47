import type { LoggedEntry } from '../../kernel/entry.ts';
import type { EventLog, LogBatch } from '../../ports/event-log/event-log.ts';
import { readAhead } from './read-ahead.ts';

/** Some entries of the log, and how many batches they came in. */
export interface Stretch {
  readonly batches: number;
  readonly entries: readonly LoggedEntry[];
}

/** The whole log, oldest first; with several partitions the one whose next batch is the oldest goes on. */
export async function* inLogOrder(log: Pick<EventLog, 'partitions' | 'read'>): AsyncGenerator<Stretch> {
  const partitions = Array.from({ length: log.partitions }, (_, partition) => readAhead(log, partition));
  const heads = await Promise.all(partitions.map((partition) => partition.next()));
  for (;;) {
    const partition = oldest(heads);
    const head = heads[partition] ?? [];
    if (head.length === 0) return;
    // Alone in the log, a partition's batches are one stretch; beside others each is.
    const taken = heads.length === 1 ? head : head.slice(0, 1);
    const rest = head.slice(taken.length);
    yield { batches: taken.length, entries: taken.flatMap((batch) => batch.entries) };
    heads[partition] = rest.length > 0 ? rest : ((await partitions[partition]?.next()) ?? []);
  }
}

function oldest(heads: readonly (readonly LogBatch[])[]): number {
  const firsts = heads.map((head) => head[0]?.entries[0]?.at ?? Number.POSITIVE_INFINITY);
  return firsts.indexOf(Math.min(...firsts));
}
