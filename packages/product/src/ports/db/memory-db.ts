import type { Json } from '../../kernel/json.ts';
import { type Access, type Db, digestIn, formsOf, rowKey, type Selection, type StoredForm, type Table, type Tx } from './db.ts';
import { textOf } from './json-text.ts';

type Stored = Record<string, unknown>;

/** The rows of every table, by name and key. What a store keeps when its process dies. */
export interface MemoryDisk {
  readonly tables: Map<string, Map<string, Stored>>;
  /** What the last commits that did not wait for the disk changed: table, key, and the row that was there. */
  readonly late: Change[][];
}

type Change = readonly [table: string, key: string, before: Stored | undefined];

/** Commits that a dying machine takes with it at most. */
const lateAtMost = 20;

export function createMemoryDisk(): MemoryDisk {
  return { tables: new Map(), late: [] };
}

/** The machine dies: so many of the last commits are gone that did not wait for the disk, as far as there are any. */
export function loseLate({ tables, late }: MemoryDisk, commits: number): void {
  for (const changes of late.splice(Math.max(0, late.length - commits)).reverse()) {
    for (const [name, key, before] of changes) {
      const table = tables.get(name);
      if (before === undefined) table?.delete(key);
      else table?.set(key, before);
    }
  }
  late.length = 0;
}

/** Everything that a disk holds of a table, as rows. */
export function rowsOnDisk<Row extends object>(disk: MemoryDisk, table: Table<Row>): Row[] {
  return [...(disk.tables.get(table.name)?.values() ?? [])].map((row) => handedOut(table, row));
}

/**
 * The in-memory twin: serial transactions over copies, so that a transaction that throws leaves nothing.
 * Passes the same contract suite as PostgreSQL.
 */
export function createMemoryDb(disk: MemoryDisk = createMemoryDisk()): Db {
  let tail: Promise<unknown> = Promise.resolve();
  return {
    transaction(access, work) {
      const run = async () => {
        const overlay = new Overlay(disk, access);
        const result = await work(overlay);
        overlay.commit();
        return result;
      };
      const result = tail.then(run, run);
      tail = result.catch(() => undefined);
      return result;
    },
    close: async () => undefined,
  };
}

class Overlay implements Tx {
  readonly #disk: MemoryDisk;
  readonly #access: Access;
  /** Table → key → row, or null for a removed one. */
  readonly #changes = new Map<string, Map<string, Stored | null>>();

  constructor(disk: MemoryDisk, access: Access) {
    this.#disk = disk;
    this.#access = access;
  }

  commit(): void {
    const undone: Change[] = [];
    for (const [name, changes] of this.#changes) {
      const table = this.#disk.tables.get(name) ?? new Map<string, Stored>();
      this.#disk.tables.set(name, table);
      for (const [key, row] of changes) {
        undone.push([name, key, table.get(key)]);
        if (row === null) table.delete(key);
        else table.set(key, row);
      }
    }
    this.#noteLate(undone);
  }

  /** A commit that waits for the disk takes those before it along; one that changed nothing does not wait. */
  #noteLate(undone: Change[]): void {
    const { late } = this.#disk;
    if (undone.length === 0) return;
    if (this.#access.as === 'system' && this.#access.redoable) late.push(undone);
    else late.length = 0;
    if (late.length > lateAtMost) late.shift();
  }

  async lock(): Promise<void> {}

  async get<Row extends object>(table: Table<Row>, keys: readonly Partial<Row>[]): Promise<Row[]> {
    refuseNoDigest(table, keys);
    const found = new Map(keys.map((key) => [rowKey(table, key), this.#find(table, rowKey(table, key))]));
    return [...found.values()].flatMap((row) => (row ? [handedOut(table, row)] : []));
  }

  async list<Row extends object>(table: Table<Row>, selection: Selection<Row>): Promise<Row[]> {
    refuseNoDigest(table, namedIn(selection));
    const rows = this.#all(table).filter((row) => selects(selection, row));
    const { orderBy, descending, limit } = selection;
    if (orderBy) rows.sort((a, b) => compareBy(orderBy, a, b) * (descending ? -1 : 1));
    return rows.slice(0, limit ?? rows.length).map((row) => handedOut(table, row));
  }

  async put<Row extends object>(table: Table<Row>, rows: readonly Row[]): Promise<void> {
    const keys = new Set(rows.map((row) => rowKey(table, row)));
    if (keys.size !== rows.length) throw new Error(`put ${table.name}: two rows with one key`);
    refuseNoDigest(table, rows);
    for (const row of rows) this.#write(table, row);
  }

  async insertNew<Row extends object>(table: Table<Row>, rows: readonly Row[]): Promise<Row[]> {
    refuseNoDigest(table, rows);
    const inserted: Row[] = [];
    for (const row of rows) {
      if (this.#lookup(table.name, rowKey(table, row))) continue;
      this.#write(table, row);
      inserted.push(row);
    }
    return inserted;
  }

  async remove<Row extends object>(table: Table<Row>, keys: readonly Partial<Row>[]): Promise<number> {
    refuseNoDigest(table, keys);
    let removed = 0;
    for (const key of new Set(keys.map((partial) => rowKey(table, partial)))) {
      if (!this.#find(table, key)) continue;
      this.#changesOf(table.name).set(key, null);
      removed++;
    }
    return removed;
  }

  async removeListed<Row extends object>(table: Table<Row>, selection: Selection<Row>): Promise<number> {
    return this.remove(table, await this.list(table, selection));
  }

  #write<Row extends object>(table: Table<Row>, row: Row): void {
    for (const column of Object.keys(table.columns)) {
      if ((row as Stored)[column] === undefined) throw new Error(`put ${table.name}: column ${column} is undefined`);
    }
    if (!this.#sees(table, row as Stored)) throw new Error(`put ${table.name}: row of another tenant`);
    const stored: Stored = { ...(row as Stored) };
    for (const [column, form] of formsOf(table)) stored[column] = kept(form, stored[column] as Json);
    this.#changesOf(table.name).set(rowKey(table, row), copy(stored));
  }

  #changesOf(name: string): Map<string, Stored | null> {
    const changes = this.#changes.get(name) ?? new Map<string, Stored | null>();
    this.#changes.set(name, changes);
    return changes;
  }

  #lookup(name: string, key: string): Stored | undefined {
    const changed = this.#changes.get(name)?.get(key);
    if (changed !== undefined) return changed ?? undefined;
    return this.#disk.tables.get(name)?.get(key);
  }

  #find<Row extends object>(table: Table<Row>, key: string): Stored | undefined {
    const row = this.#lookup(table.name, key);
    return row && this.#sees(table, row) ? row : undefined;
  }

  #all<Row extends object>(table: Table<Row>): Stored[] {
    const merged = new Map<string, Stored | null>(this.#disk.tables.get(table.name) ?? []);
    for (const [key, row] of this.#changes.get(table.name) ?? []) merged.set(key, row);
    return [...merged.values()].flatMap((row) => (row && this.#sees(table, row) ? [row] : []));
  }

  #sees<Row extends object>(table: Table<Row>, row: Stored): boolean {
    if (this.#access.as === 'system') return true;
    const { workspace, environment } = this.#access.scope;
    if ('workspace' in table.columns && row.workspace !== workspace) return false;
    return !('environment' in table.columns) || row.environment === environment;
  }
}

/** As a store does that keeps 128 bits and cannot make them of anything else. */
function refuseNoDigest<Row extends object>(table: Table<Row>, said: readonly Partial<Row>[]): void {
  for (const column of Object.keys(table.columns) as (keyof Row & string)[]) {
    if (table.columns[column] === 'digest') for (const each of said) if (each[column] != null) digestIn(each[column]);
  }
}

/** What a selection compares with, as parts of rows. */
function namedIn<Row extends object>({ where, range, after, orderBy }: Selection<Row>): Partial<Row>[] {
  const ends = range ? [range.from, range.to].map((end) => ({ [range.column]: end })) : [];
  return [...(where ? [where] : []), ...ends, ...(orderBy?.[0] ? [{ [orderBy[0]]: after }] : [])] as Partial<Row>[];
}

/** As the text says that a store would keep. */
function kept(form: StoredForm, value: Json): Json {
  return JSON.parse(textOf((text) => form.write(value, text))) as Json;
}

function handedOut<Row extends object>(table: Table<Row>, stored: Stored): Row {
  const row = copy(stored);
  for (const [column, form] of formsOf(table)) row[column] = form.load(row[column] as Json);
  return row as Row;
}

/** Through JSON, as a real store would: what is not data does not survive. */
function copy(row: Stored): Stored {
  return JSON.parse(JSON.stringify(row)) as Stored;
}

function selects<Row extends object>(selection: Selection<Row>, row: Stored): boolean {
  const { where, range, after, orderBy } = selection;
  if (where && Object.entries(where).some(([column, value]) => row[column] !== value)) return false;
  if (range) {
    const value = row[range.column] as number | string | null;
    if (value === null) return false;
    if (range.from !== undefined && value < range.from) return false;
    if (range.to !== undefined && value > range.to) return false;
  }
  const first = orderBy?.[0];
  if (after === undefined || first === undefined) return true;
  const value = row[first] as number | string;
  return selection.descending ? value < after : value > after;
}

function compareBy(columns: readonly string[], a: Stored, b: Stored): number {
  for (const column of columns) {
    const left = a[column] as number | string;
    const right = b[column] as number | string;
    if (left < right) return -1;
    if (left > right) return 1;
  }
  return 0;
}
