import type { LogBatch } from '@gangway/product/ports/event-log/event-log.ts';

/** A batch, and about how many characters of JSON its objects are. */
export interface Sized {
  readonly batch: LogBatch;
  readonly size: number;
}

/** What a reader asks for, as the port describes it. */
export interface Reading {
  readonly partition: number;
  readonly after: number;
  readonly limit: number;
  readonly enough?: number | undefined;
}

/** How far behind the newest batch a reader may be for that one to be kept for it. */
const nearBatches = 256;

/**
 * Batches of a log as objects, so that what this process has just appended is not read back and parsed, and what one
 * reader had read is not read again for the next. Bounded by their size.
 *
 * While readers are far behind, the newest batches are not kept: they would be gone again before their turn.
 */
export class RecentBatches {
  readonly #limit: number;
  /** Partition → position → batch; those that came first first. */
  readonly #partitions = new Map<number, Map<number, Sized>>();
  /** Partition → the farthest position after which somebody has asked. */
  readonly #asked = new Map<number, number>();
  #size = 0;
  #forgotten = 0;

  /** @param limit characters of JSON that all kept batches may have together */
  constructor(limit: number) {
    this.#limit = limit;
  }

  appended(one: Sized): void {
    const { partition, position } = one.batch;
    if (position - (this.#asked.get(partition) ?? 0) <= nearBatches) this.#keep(one);
  }

  /** The batches that follow a position without a gap; otherwise what `read` gives, which is kept for the next reader. */
  async after(reading: Reading, read: () => Promise<readonly Sized[]>): Promise<LogBatch[]> {
    const { partition, after } = reading;
    this.#asked.set(partition, Math.max(after, this.#asked.get(partition) ?? 0));
    const known = this.#following(reading);
    if (known.length > 0) return known;
    const forgotten = this.#forgotten;
    const found = await read();
    // What was replaced meanwhile may have been read as it was before.
    if (forgotten === this.#forgotten) for (const one of found) this.#keep(one);
    return found.map(({ batch }) => batch);
  }

  forget(partition: number, position: number): void {
    this.#forgotten++;
    this.#remove(partition, position);
  }

  #following({ partition, after, limit, enough = Number.POSITIVE_INFINITY }: Reading): LogBatch[] {
    const batches = this.#partitions.get(partition);
    const found: LogBatch[] = [];
    for (let [next, entries] = [after + 1, 0]; found.length < limit && entries < enough; next++) {
      const one = batches?.get(next);
      if (!one) return found;
      found.push(one.batch);
      entries += one.batch.entries.length;
    }
    return found;
  }

  /** Makes room by what was read before. Not by what is still to be read: a reader needs that first, the new one last. */
  #keep(one: Sized): void {
    const { partition, position } = one.batch;
    const batches = this.#partitions.get(partition) ?? new Map<number, Sized>();
    if (batches.has(position)) return;
    const passed = this.#asked.get(partition) ?? Number.POSITIVE_INFINITY;
    for (const [oldest] of batches) {
      if (this.#size + one.size <= this.#limit) break;
      if (oldest <= passed) this.#remove(partition, oldest);
    }
    if (this.#size + one.size > this.#limit) return;
    this.#partitions.set(partition, batches.set(position, one));
    this.#size += one.size;
  }

  #remove(partition: number, position: number): void {
    const batches = this.#partitions.get(partition);
    this.#size -= batches?.get(position)?.size ?? 0;
    batches?.delete(position);
  }
}
