import type { LogBatch } from '@gangway/product/ports/event-log/event-log.ts';

/**
 * The newest batches of a log as objects, so that what this process has just appended is not read back and parsed,
 * once by who applies and once by who projects. Bounded by the size of their text.
 */
export class RecentBatches {
  readonly #limit: number;
  /** Partition → position → batch; oldest first. */
  readonly #partitions = new Map<number, Map<number, { readonly batch: LogBatch; readonly size: number }>>();
  #size = 0;

  /** @param limit characters of JSON that all kept batches may have together */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @param size characters of its JSON */
  add(batch: LogBatch, size: number): void {
    const batches = this.#partitions.get(batch.partition) ?? new Map();
    this.#partitions.set(batch.partition, batches.set(batch.position, { batch, size }));
    this.#size += size;
    for (const [position] of batches) {
      if (this.#size <= this.#limit) return;
      this.forget(batch.partition, position);
    }
  }

  /** The batches that follow a position without a gap; none when the next one is not known here. */
  after(partition: number, position: number, limit: number): LogBatch[] {
    const batches = this.#partitions.get(partition);
    const found: LogBatch[] = [];
    for (let next = position + 1; found.length < limit; next++) {
      const one = batches?.get(next);
      if (!one) return found;
      found.push(one.batch);
    }
    return found;
  }

  forget(partition: number, position: number): void {
    const batches = this.#partitions.get(partition);
    this.#size -= batches?.get(position)?.size ?? 0;
    batches?.delete(position);
  }
}
