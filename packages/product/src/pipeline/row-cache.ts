import type { Table, Tx } from '../ports/db/db.ts';

/** One row of a batch, or its absence. */
interface Kept<Row> {
  row: Row | undefined;
  /** As the batch found it. */
  readonly found: { row: Row | undefined };
  /** What removes it from the store. */
  readonly key: Partial<Row>;
  /** Among the rows as the store told them, new ones behind: the order in which they are written. */
  place: number;
}

/** The rows of one tenant, by the rest of their key. */
interface Tenant<Row> {
  readonly workspace: unknown;
  readonly environment: unknown;
  readonly rows: Map<unknown, Kept<Row>>;
}

/** A row that somebody works with for a while: found once, read and replaced many times. */
export interface Handle<Row> {
  get(): Row | undefined;
  put(row: Row): void;
}

/** The row of a handle. Throws when there is none: that is a bug. */
export function rowIn<Row>(handle: Handle<Row>): Row {
  const row = handle.get();
  if (row === undefined) throw new Error('the row is not there');
  return row;
}

/**
 * The rows of one table that a batch works with: read in bulk, changed in memory, written in bulk. A row must be
 * loaded before it is asked for, so that nobody reads one row at a time by accident.
 */
export class RowCache<Row extends object> {
  readonly #tx: Tx;
  readonly #table: Table<Row>;
  /** The columns of the key after the tenant's. */
  readonly #rest: readonly (keyof Row & string)[];
  readonly #tenants: Tenant<Row>[] = [];
  readonly #dirty = new Set<Kept<Row>>();
  #places = 0;
  readonly #whole: boolean;

  /** @param whole the store began empty and everything in it came from here: what is not known is not there. */
  constructor(tx: Tx, table: Table<Row>, whole = false) {
    this.#tx = tx;
    this.#table = table;
    this.#whole = whole;
    this.#rest = table.key.filter((column) => column !== 'workspace' && column !== 'environment');
  }

  /** One statement, none when everything is known. */
  async load(keys: readonly Partial<Row>[]): Promise<void> {
    const missing: Partial<Row>[] = [];
    for (const key of keys) {
      const [rows, rest] = [this.#tenantOf(key), this.#restOf(key)];
      if (rows.has(rest)) continue;
      rows.set(rest, this.#absent(key));
      missing.push(key);
    }
    if (missing.length === 0) return;
    for (const row of await this.#tx.get(this.#table, missing)) {
      const kept = this.#tenantOf(row).get(this.#restOf(row));
      if (!kept) continue;
      kept.row = kept.found.row = row;
      kept.place = this.#places++;
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

  #absent(key: Partial<Row>): Kept<Row> {
    return { row: undefined, found: { row: undefined }, key, place: this.#places++ };
  }

  #find(key: Partial<Row>): Kept<Row> {
    const [rows, rest] = [this.#tenantOf(key), this.#restOf(key)];
    const kept = rows.get(rest);
    if (kept !== undefined) return kept;
    if (!this.#whole) throw new Error(`${this.#table.name} ${JSON.stringify(key)} was not loaded`);
    const absent = this.#absent(key);
    rows.set(rest, absent);
    return absent;
  }

  /** Nearly every batch is one tenant's: the first that is compared is the right one. */
  #tenantOf(key: Partial<Row>): Map<unknown, Kept<Row>> {
    const { workspace, environment } = key as { workspace?: unknown; environment?: unknown };
    for (const tenant of this.#tenants) if (tenant.workspace === workspace && tenant.environment === environment) return tenant.rows;
    const rows = new Map<unknown, Kept<Row>>();
    this.#tenants.push({ workspace, environment, rows });
    return rows;
  }

  /** The last column as it is, those before it with their length, so that no id can pretend to be another. */
  #restOf(key: Partial<Row>): unknown {
    const columns = this.#rest;
    const last = key[columns[columns.length - 1] ?? ('' as keyof Row)];
    if (columns.length < 2) return last;
    let text = '';
    for (let index = 0; index < columns.length - 1; index++) {
      const part = String(key[columns[index] as keyof Row]);
      text += `${part.length}:${part}`;
    }
    return text + String(last);
  }

  /** Every row that there is, of all tenants. */
  *rows(): IterableIterator<Row> {
    for (const { rows } of this.#tenants) for (const { row } of rows.values()) if (row !== undefined) yield row;
  }

  /** Takes rows that were read otherwise, unless they are known already. */
  learn(rows: readonly Row[]): void {
    for (const row of rows) {
      const [known, rest] = [this.#tenantOf(row), this.#restOf(row)];
      if (!known.has(rest)) known.set(rest, { row, found: { row }, key: row, place: this.#places++ });
    }
  }

  /** Rows that wait to be written. */
  get dirty(): number {
    return this.#dirty.size;
  }

  put(row: Row): void {
    this.#change(row, row);
  }

  remove(key: Partial<Row>): void {
    this.#change(key, undefined);
  }

  #change(key: Partial<Row>, row: Row | undefined): void {
    const [rows, rest] = [this.#tenantOf(key), this.#restOf(key)];
    const kept = rows.get(rest) ?? this.#absent(key);
    kept.row = row;
    rows.set(rest, kept);
    this.#dirty.add(kept);
  }

  /** Every row that there is now and was not so when the batch began, with what it was. */
  *changed(): IterableIterator<{ readonly before: Row | undefined; readonly row: Row }> {
    for (const { rows } of this.#tenants)
      for (const { row, found } of rows.values()) if (row !== undefined && row !== found.row) yield { before: found.row, row };
  }

  /**
   * Writes what changed: at most two statements. Rows in the order in which the store told them, because that is the
   * one in which it finds them again at once; in the order of their events it looks up and down.
   */
  async flush(): Promise<void> {
    if (this.#dirty.size === 0) return;
    const changed = [...this.#dirty].sort((one, other) => one.place - other.place);
    this.#dirty.clear();
    const removed = changed.filter(({ row }) => row === undefined).map(({ key }) => key);
    const rows = changed.flatMap(({ row }) => (row === undefined ? [] : [row]));
    if (removed.length > 0) await this.#tx.remove(this.#table, removed);
    if (rows.length > 0) await this.#tx.put(this.#table, rows);
  }
}
