import type { Entry, LoggedEntry } from '../../kernel/entry.ts';

/** What was appended together. `position` grows by at least one in its partition; 0 is before the first. */
export interface LogBatch {
  readonly partition: number;
  readonly position: number;
  readonly entries: readonly LoggedEntry[];
}

/** Where an append ended up: for each partition touched, the position of the batch that holds its entries. */
export type AppendedAt = ReadonlyMap<number, number>;

/** The event log: the one place from which everything else can be rebuilt. */
export interface EventLog {
  /** Fixed for the life of the log. An entry's partition follows from its partition key. */
  readonly partitions: number;
  /**
   * Resolves when the entries are on disk, in the order given within each partition. Appends that come while a
   * flush is running share the next one. Rejects with nothing stored, or with an unknown outcome after a crash:
   * append again under the same entry ids then, readers drop the second copy.
   */
  append(entries: readonly Entry[]): Promise<AppendedAt>;
  /**
   * Up to `limit` batches after a position, oldest first; empty at the end. With `enough`, none after the batch that
   * brings the entries to as many: what a reader would put back is not read.
   */
  read(partition: number, after: number, limit: number, enough?: number): Promise<LogBatch[]>;
  /** The position of the last batch, 0 when there is none. */
  end(partition: number): Promise<number>;
  /**
   * Puts other entries in the place of a batch, as many, in the same order; position and `at` stay. For erasure
   * alone. Absent where what is in the log cannot be changed.
   */
  replace?(partition: number, position: number, entries: readonly Entry[]): Promise<void>;
  close(): Promise<void>;
}
