import type { Statement, WarehouseRow } from '@gangway/product/ports/warehouse/warehouse.ts';
import type { PersonPage } from './newest-rows.ts';
import type { PackedBatch } from './packed-batch.ts';

/** Queries at a time. Each holds one of the process's few I/O threads, and writes need one too. */
export const queriesAtOnce = 2;

/** How the worker opens its store. */
export interface DuckdbSettings {
  /** The database file; its folder must exist. */
  readonly path: string;
  /** As DuckDB writes it: `512MB`. What does not fit goes to a folder beside the file. */
  readonly memoryLimit: string;
  readonly threads: number;
  /** Rows that are put in order together: more of them make one person easier to find, and a longer pause of writing. */
  readonly runLength: number;
  /** Bytes of recent rows that are held in memory: with more they are put in order, however few they are. */
  readonly recentBytes: number;
  /** Why the file is not to be read again: it is set aside at once. */
  readonly damaged?: string;
}

/** What may take long, and be interrupted. */
export type DuckdbQuestion = { readonly ask: 'run'; readonly statement: Statement } | { readonly ask: 'newest'; readonly page: PersonPage };

/** What the main thread asks of the worker. */
export type DuckdbRequest =
  | { readonly ask: 'write'; readonly batch: PackedBatch }
  | { readonly ask: 'erase'; readonly scope: string; readonly people: readonly number[] }
  | { readonly ask: 'position'; readonly partition: number }
  | DuckdbQuestion
  /** Ends the running statement that was asked under this number; it is then refused. */
  | { readonly ask: 'interrupt'; readonly run: number }
  | { readonly ask: 'close' };

/** A table by columns: it crosses the thread border cheaper than rows. Numbers without a null lie in typed arrays, which are handed over, not copied. */
export interface Columns {
  readonly names: readonly string[];
  readonly values: readonly (readonly unknown[] | Float64Array)[];
}

export type AnswerValue = number | Columns | readonly WarehouseRow[] | null;

/** What the worker says. `opened` comes once, before any answer. */
export type DuckdbAnswer =
  | { readonly say: 'opened'; readonly setAside: string | null }
  /** For the operator. */
  | { readonly say: 'told'; readonly sentence: string }
  | { readonly say: 'failed to open'; readonly reason: string }
  | { readonly say: 'answer'; readonly number: number; readonly value: AnswerValue }
  | { readonly say: 'refusal'; readonly number: number; readonly reason: string };
