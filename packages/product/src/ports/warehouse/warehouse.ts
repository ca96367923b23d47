import type { Leaving } from '../../kernel/leaving.ts';

/** One thing that happened, as analytics read it. `k` is the order key: milliseconds * 4096 + tie. */
export interface WarehouseRow {
  /** `workspace/environment`. */
  readonly scope: string;
  readonly k: number;
  /** `event`, or `milestone` for one that was reached (its id is then `name`). */
  readonly kind: 'event' | 'milestone';
  readonly name: string;
  /** The Segment type; empty for a milestone. */
  readonly type: string;
  /** The person's number in the environment. */
  readonly person: number;
  readonly account: string | null;
  /** Of an event its message id, of a milestone who has reached which: `person:name`. */
  readonly id: string;
  /** JSON text. */
  readonly properties: string;
}

/** Person `from` has become person `to`; past rows follow at query time. */
export interface Merge {
  readonly scope: string;
  readonly from: number;
  readonly to: number;
}

/** Rows and the position they bring the warehouse to, in one step. */
export interface WarehouseBatch {
  readonly partition: number;
  readonly position: number;
  readonly rows: readonly WarehouseRow[];
  readonly merges: readonly Merge[];
}

/**
 * A statement with positional parameters (`$1`, `$2`, … in DuckDB; `{p1:Type}` in ClickHouse). It reads one view,
 * `rows`, with the columns of {@link WarehouseRow}: scope, k, kind, name, type, person (after all merges), account,
 * id, properties.
 */
export interface Statement {
  readonly text: string;
  readonly values: readonly (string | number | readonly number[])[];
  /**
   * Subjects that the statement reads from a relation of its own: `given` in DuckDB, in ClickHouse the rows of
   * `given_subjects` with the parameter `run`. Columns: person, facts.
   */
  readonly given?: Given;
}

/**
 * The newest rows of one person: whole rows, the newest first, rows of one order key by their id, the last first. An
 * adapter has quicker ways to them than a statement.
 */
export interface NewestRows {
  /** The number the person has now. */
  readonly newestOf: number;
  /** Rows strictly below this order key. */
  readonly before: number;
  readonly limit: number;
}

/** What the warehouse does not know and a question brings along: a JSON text for each person. As many of either. */
export interface Given {
  readonly persons: readonly number[];
  readonly facts: readonly string[];
}

/** Rows by columns, all of one length; numbers may lie in typed arrays. */
export type PlainColumns<Plain extends object> = { readonly [Name in keyof Plain]: ArrayLike<Plain[Name]> };

/**
 * An answer without an object a row: of large results that is most of the cost. What it does not decide is asked
 * the general way, so it may leave rare cases out.
 */
export interface ColumnarQuery<Params, Plain extends object, Result> {
  /** Undefined for questions that need the general way. */
  duckdb(params: Params): Statement | undefined;
  /** Undefined when these rows do not decide the answer. */
  finish(columns: PlainColumns<Plain>, params: Params): Result | undefined;
}

/**
 * One question: both dialects and the same in TypeScript, side by side. Each gives the same plain rows, from
 * which `finish` makes the answer.
 */
export interface Query<Params, Plain extends object, Result> {
  readonly name: string;
  /** A quicker way to the same answer, for adapters that hold rows as columns. */
  readonly columnar?: ColumnarQuery<Params, Plain, Result>;
  /** {@link NewestRows} only where plain rows are whole rows. */
  duckdb(params: Params): Statement | NewestRows;
  clickhouse(params: Params): Statement;
  /** The oracle: `rows` are all of the scope, persons already merged, sorted by person and `k`. */
  fold(rows: readonly WarehouseRow[], params: Params): Plain[];
  finish(plain: readonly Plain[], params: Params): Result;
}

/** Every query names the tenant; the adapter needs it for its oracle and its statements. */
export interface Scoped {
  readonly scope: string;
}

/** What a question may bring along. */
export interface RunOptions {
  /** Ends the question, with the problem `query_left`, when its asker has gone. */
  readonly asker?: Leaving | undefined;
}

/** Questions that are being answered, and those that wait for their turn. */
export interface WarehouseLoad {
  readonly running: number;
  readonly waiting: number;
}

/** The analytic store: a second reader of the log that can be dropped and built again. */
export interface Warehouse {
  /** Takes a batch unless its position was taken already; all of it or nothing, on disk when it resolves. */
  write(batch: WarehouseBatch): Promise<void>;
  /**
   * Removes every row that is found under the persons now, those that merges brought along too. Rows that come later
   * are kept: whoever erases sees to it that none do. Rejects with some rows left; asked again, it takes the rest.
   */
  erase(scope: string, people: readonly number[]): Promise<void>;
  /** The last position taken, 0 when none. */
  position(partition: number): Promise<number>;
  /**
   * Rejects with the problem `query_too_long` when the time of a question is over, and with `queries_busy` when too
   * many wait already.
   */
  run<Params extends Scoped, Plain extends object, Result>(
    query: Query<Params, Plain, Result>,
    params: Params,
    options?: RunOptions,
  ): Promise<Result>;
  load(): WarehouseLoad;
  close(): Promise<void>;
}
