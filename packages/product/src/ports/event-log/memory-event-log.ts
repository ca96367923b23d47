import type { Clock } from '../../kernel/clock.ts';
import type { LoggedEntry } from '../../kernel/entry.ts';
import type { EventLog, LogBatch } from './event-log.ts';
import { groupByPartition } from './partition.ts';

/** Partition → its batches as JSON. What a log keeps when its process dies. */
export type MemoryLogDisk = Map<number, string[]>;

/** The in-memory twin of the event log. Batches are kept as text, as a disk would. */
export function createMemoryEventLog(options: { clock: Clock; partitions?: number; disk?: MemoryLogDisk }): EventLog {
  const { clock, partitions = 1 } = options;
  const disk: MemoryLogDisk = options.disk ?? new Map();
  const batchesOf = (partition: number) => {
    const batches = disk.get(partition) ?? [];
    disk.set(partition, batches);
    return batches;
  };
  const lastAt = (partition: number) => {
    const last = batchesOf(partition).at(-1);
    return last ? ((JSON.parse(last) as LoggedEntry[])[0]?.at ?? 0) : 0;
  };
  return {
    partitions,
    async append(entries) {
      const positions = new Map<number, number>();
      for (const [partition, group] of groupByPartition(entries, partitions)) {
        const at = Math.max(clock.now(), lastAt(partition));
        positions.set(partition, batchesOf(partition).push(JSON.stringify(group.map((entry) => ({ ...entry, at })))));
      }
      return positions;
    },
    async read(partition, after, limit, enough = Number.POSITIVE_INFINITY) {
      const batches: LogBatch[] = [];
      let read = 0;
      for (const text of batchesOf(partition).slice(after, after + limit)) {
        const entries = JSON.parse(text) as LoggedEntry[];
        batches.push({ partition, position: after + batches.length + 1, entries });
        read += entries.length;
        if (read >= enough) break;
      }
      return batches;
    },
    async replace(partition, position, entries) {
      const batches = batchesOf(partition);
      const at = (JSON.parse(batches[position - 1] ?? '[]') as LoggedEntry[])[0]?.at ?? 0;
      batches[position - 1] = JSON.stringify(entries.map((entry) => ({ ...entry, at })));
    },
    end: async (partition) => batchesOf(partition).length,
    close: async () => undefined,
  };
}
