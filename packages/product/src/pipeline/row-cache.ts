import { rowKey, type Table, type Tx } from '../ports/db/db.ts';

/** One row of a batch, or its absence. */
interface Kept<Row> {
  row: Row | undefined;
  /** What removes it from the store. */
  readonly key: Partial<Row>;
}

/** A row that somebody works with for a while: found once, read and replaced many times. */
export interface Handle<Row> {
  get(): Row | undefined;
  put(row: Row): void;
}

/**
 * The rows of one table that a batch works with: read in bulk, changed in memory, written in bulk. A row must be
 * loaded before it is asked for, so that nobody reads one row at a time by accident.
 */
export class RowCache<Row extends object> {
  readonly #tx: Tx;
  readonly #table: Table<Row>;
  readonly #rows = new Map<string, Kept<Row>>();
  readonly #dirty = new Set<Kept<Row>>();

  constructor(tx: Tx, table: Table<Row>) {
    this.#tx = tx;
    this.#table = table;
  }

  /** One statement, none when everything is known. */
  async load(keys: readonly Partial<Row>[]): Promise<void> {
    const missing = new Map<string, Kept<Row>>();
    for (const key of keys) {
      const text = rowKey(this.#table, key);
      if (!this.#rows.has(text)) missing.set(text, { row: undefined, key });
    }
    if (missing.size === 0) return;
    for (const [text, kept] of missing) this.#rows.set(text, kept);
    const found = await this.#tx.get(
      this.#table,
      [...missing.values()].map(({ key }) => key),
    );
    for (const row of found) {
      const kept = missing.get(rowKey(this.#table, row));
      if (kept) kept.row = row;
    }
  }

  /** Undefined when there is none. Throws when the key was never loaded: that is a bug. */
  get(key: Partial<Row>): Row | undefined {
    return this.#find(key).row;
  }

  /** The same row, to be read and replaced without looking for it again. */
  handle(key: Partial<Row>): Handle<Row> {
    const kept = this.#find(key);
    return {
      get: () => kept.row,
      put: (row) => {
        kept.row = row;
        this.#dirty.add(kept);
      },
    };
  }

  #find(key: Partial<Row>): Kept<Row> {
    const text = rowKey(this.#table, key);
    const kept = this.#rows.get(text);
    if (kept === undefined) throw new Error(`${this.#table.name} ${text} was not loaded`);
    return kept;
  }

  /** Takes rows that were read otherwise, unless they are known already. */
  learn(rows: readonly Row[]): void {
    for (const row of rows) {
      const text = rowKey(this.#table, row);
      if (!this.#rows.has(text)) this.#rows.set(text, { row, key: row });
    }
  }

  put(row: Row): void {
    this.#change(row, row);
  }

  remove(key: Partial<Row>): void {
    this.#change(key, undefined);
  }

  #change(key: Partial<Row>, row: Row | undefined): void {
    const text = rowKey(this.#table, key);
    const kept = this.#rows.get(text) ?? { row: undefined, key };
    kept.row = row;
    this.#rows.set(text, kept);
    this.#dirty.add(kept);
  }

  /** Every row that is known to exist. */
  *known(): IterableIterator<Row> {
    for (const { row } of this.#rows.values()) if (row !== undefined) yield row;
  }

  /** Writes what changed: at most two statements. */
  async flush(): Promise<void> {
    if (this.#dirty.size === 0) return;
    const changed = [...this.#dirty];
    this.#dirty.clear();
    const removed = changed.filter(({ row }) => row === undefined).map(({ key }) => key);
    const rows = changed.flatMap(({ row }) => (row === undefined ? [] : [row]));
    if (removed.length > 0) await this.#tx.remove(this.#table, removed);
    if (rows.length > 0) await this.#tx.put(this.#table, rows);
  }
}
