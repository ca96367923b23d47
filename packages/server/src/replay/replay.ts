import type { Clock } from '@gangway/product/kernel/clock.ts';
import type { Entry } from '@gangway/product/kernel/entry.ts';
import type { SliceDomain } from '@gangway/product/kernel/slice.ts';
import { createPath } from '@gangway/product/pipeline/path.ts';
import { createMemoryCourier } from '@gangway/product/ports/courier/memory-courier.ts';
import type { EventLog } from '@gangway/product/ports/event-log/event-log.ts';
import { createMemoryFiles } from '@gangway/product/ports/files/memory-files.ts';
import { createMemorySignal } from '@gangway/product/ports/signal/memory-signal.ts';
import { createMemoryWarehouse } from '@gangway/product/ports/warehouse/memory-warehouse.ts';
import type pg from 'pg';
import { sha256 } from '../sha256.ts';
import type { StoreForReplay } from './store-for-replay.ts';

/** How a replay is told about, batch by batch. */
export interface ReplayProgress {
  readonly batches: number;
  readonly of: number;
}

export interface ReplayResult {
  readonly batches: number;
  /** Tables that came out different from what is recorded; none = everything was derived again, the same. */
  readonly different: readonly { readonly table: string; readonly recorded: number; readonly replayed: number }[];
}

/**
 * Derives everything again from the log, into an empty database beside the recorded one, with the very code that
 * derived it first, and compares table by table. The recorded database is only read.
 */
export async function replay(input: {
  recorded: pg.Pool;
  scratch: StoreForReplay;
  log: EventLog;
  domains: readonly SliceDomain[];
  clock: Clock;
  progress?: (progress: ReplayProgress) => void;
}): Promise<ReplayResult> {
  const { recorded, scratch, log, domains, clock } = input;
  await scratch.copySource(recorded);
  const report = (error: unknown, entry: Entry) => {
    throw new Error(`entry ${entry.id} could not be replayed`, { cause: error });
  };
  const ports = {
    db: scratch.db,
    log,
    warehouse: createMemoryWarehouse(),
    courier: createMemoryCourier(),
    files: createMemoryFiles(),
    signal: createMemorySignal(),
  };
  const path = createPath({ ports, domains, clock, digest: sha256, report, mode: 'replay' });
  const ends = await Promise.all(Array.from({ length: log.partitions }, (_, partition) => log.end(partition)));
  const of = ends.reduce((sum, end) => sum + end, 0);
  let batches = 0;
  for (let partition = 0; partition < log.partitions; partition++) {
    while (await path.apply(partition)) input.progress?.({ batches: ++batches, of });
  }
  return { batches: of, different: await scratch.compare(recorded) };
}
