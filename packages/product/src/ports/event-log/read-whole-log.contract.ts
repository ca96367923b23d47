import type { EventLog, LogBatch } from './event-log.ts';

/** Every batch of a partition, read in pages of `page`. Fails when a page does not move on. */
export async function readPartition(log: EventLog, partition: number, page = 7): Promise<LogBatch[]> {
  const batches: LogBatch[] = [];
  for (;;) {
    const after = batches.at(-1)?.position ?? 0;
    const next = await log.read(partition, after, page);
    if (next.length === 0) return batches;
    if (next.length > page) throw new Error(`asked for ${page} batches, got ${next.length}`);
    for (const batch of next) {
      if (batch.position <= (batches.at(-1)?.position ?? 0)) throw new Error(`position ${batch.position} does not grow`);
      if (batch.partition !== partition) throw new Error(`batch of partition ${batch.partition} in partition ${partition}`);
      batches.push(batch);
    }
  }
}

/** Every batch of every partition, partition by partition. */
export async function readWholeLog(log: EventLog): Promise<LogBatch[]> {
  const partitions = Array.from({ length: log.partitions }, (_, partition) => readPartition(log, partition));
  return (await Promise.all(partitions)).flat();
}
