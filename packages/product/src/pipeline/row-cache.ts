import { rowKey, type Table, type Tx } from '../ports/db/db.ts';

/**
 * The rows of one table that a batch works with: read in bulk, changed in memory, written in bulk. A row must be
 * loaded before it is asked for, so that nobody reads one row at a time by accident.
 */
export class RowCache<Row extends object> {
  readonly #tx: Tx;
  readonly #table: Table<Row>;
  readonly #rows = new Map<string, Row | null>();
  readonly #dirty = new Set<string>();
  readonly #removed = new Map<string, Partial<Row>>();

  constructor(tx: Tx, table: Table<Row>) {
    this.#tx = tx;
    this.#table = table;
  }

  /** One statement, none when everything is known. */
  async load(keys: readonly Partial<Row>[]): Promise<void> {
    const missing = new Map(keys.map((key) => [rowKey(this.#table, key), key] as const).filter(([text]) => !this.#rows.has(text)));
    if (missing.size === 0) return;
    for (const text of missing.keys()) this.#rows.set(text, null);
    for (const row of await this.#tx.get(this.#table, [...missing.values()])) this.#rows.set(rowKey(this.#table, row), row);
  }

  /** Undefined when there is none. Throws when the key was never loaded: that is a bug. */
  get(key: Partial<Row>): Row | undefined {
    const text = rowKey(this.#table, key);
    const row = this.#rows.get(text);
    if (row === undefined) throw new Error(`${this.#table.name} ${text} was not loaded`);
    return row ?? undefined;
  }

  /** Takes rows that were read otherwise, unless they are known already. */
  learn(rows: readonly Row[]): void {
    for (const row of rows) {
      const text = rowKey(this.#table, row);
      if (!this.#rows.has(text)) this.#rows.set(text, row);
    }
  }

  put(row: Row): void {
    const text = rowKey(this.#table, row);
    this.#rows.set(text, row);
    this.#dirty.add(text);
    this.#removed.delete(text);
  }

  remove(key: Partial<Row>): void {
    const text = rowKey(this.#table, key);
    this.#rows.set(text, null);
    this.#dirty.delete(text);
    this.#removed.set(text, key);
  }

  /** Every row that is known to exist. */
  *known(): IterableIterator<Row> {
    for (const row of this.#rows.values()) if (row !== null) yield row;
  }

  /** Writes what changed: at most two statements. */
  async flush(): Promise<void> {
    const rows = [...this.#dirty].flatMap((text) => this.#rows.get(text) ?? []);
    const removed = [...this.#removed.values()];
    this.#dirty.clear();
    this.#removed.clear();
    if (removed.length > 0) await this.#tx.remove(this.#table, removed);
    if (rows.length > 0) await this.#tx.put(this.#table, rows as Row[]);
  }
}
