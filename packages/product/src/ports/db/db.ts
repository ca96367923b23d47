import type { Json } from '../../kernel/json.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { JsonText } from './json-text.ts';

/**
 * `instant` is epoch milliseconds here, whatever the store makes of it. `integer` is exact up to 2^53. `digest` is 128
 * bits, here 32 hexadecimal digits in lower case.
 */
export type ColumnType = 'text' | 'integer' | 'number' | 'boolean' | 'json' | 'instant' | 'digest';

/**
 * A table as its slice declares it. Rows are plain objects with every column present; absence is `null`.
 * `source` is what people made; `derived` can be dropped and rebuilt from the event log.
 */
export interface Table<Row extends object> {
  readonly name: string;
  readonly kind: 'source' | 'derived';
  readonly columns: { readonly [Column in keyof Row & string]: ColumnType };
  /** The primary key; the workspace comes first where the table has one, unless a digest of it and more is the key. */
  readonly key: readonly (keyof Row & string)[];
  /** JSON columns that lie in the store in another form than rows have. */
  readonly forms?: { readonly [Column in keyof Row & string]?: StoredForm };
}

/**
 * Two functions, each the other's inverse. `write` appends the text that the store keeps. `load` may change what it is
 * given and keep it; it also takes what was stored before there was a form.
 */
export interface StoredForm {
  write(value: Json, text: JsonText): void;
  load(stored: Json): Json;
}

/**
 * As whom a transaction works: the whole machine, or a request inside one tenant, which sees no other row. What is
 * `redoable` is done again from the log when it is gone: its commit need not wait for the disk, and the last of them
 * may be lost with the machine, in order, none of which a commit that did wait came after.
 */
export type Access = { readonly as: 'system'; readonly redoable?: boolean } | { readonly as: 'request'; readonly scope: Scope };

/** Which rows: all columns of `where` equal, and `range.column` in [from, to]. */
export interface Selection<Row extends object> {
  readonly where?: Partial<Row>;
  readonly range?: { readonly column: keyof Row & string; readonly from?: number | string; readonly to?: number | string };
  /** Strictly after this value of the first `orderBy` column: the next page. */
  readonly after?: number | string;
  readonly orderBy?: readonly (keyof Row & string)[];
  readonly descending?: boolean;
  readonly limit?: number;
}

/**
 * One transaction. Everything in it happens or nothing does. Statements may be asked for together: they run one after
 * the other in the order in which they were asked for, and where one fails, so do those behind it.
 */
export interface Tx {
  /** Waits for these names, in sorted order, and holds them to the end of the transaction. */
  lock(names: readonly string[]): Promise<void>;
  /** The rows with these keys, in no order; missing ones are absent. */
  get<Row extends object>(table: Table<Row>, keys: readonly Partial<Row>[]): Promise<Row[]>;
  list<Row extends object>(table: Table<Row>, selection: Selection<Row>): Promise<Row[]>;
  /** Inserts or replaces whole rows. Two rows with one key in a call are a bug and throw. */
  put<Row extends object>(table: Table<Row>, rows: readonly Row[]): Promise<void>;
  /** Inserts the rows whose key is free and says which they were. */
  insertNew<Row extends object>(table: Table<Row>, rows: readonly Row[]): Promise<Row[]>;
  /** Removes by key; how many there were. */
  remove<Row extends object>(table: Table<Row>, keys: readonly Partial<Row>[]): Promise<number>;
  /** Removes what `list` would give; how many there were. For rows that nobody has to see once more. */
  removeListed<Row extends object>(table: Table<Row>, selection: Selection<Row>): Promise<number>;
}

/** The control database: small rows, transactions, tenants. */
export interface Db {
  /** Runs `work` in one transaction and commits, or rolls back when it throws. May run `work` again after a deadlock. */
  transaction<T>(access: Access, work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * Reading in the store's own SQL, for readers of screens: only what the declared tables cannot say (search,
 * counts, joins). Every adapter of {@link Db} that is a PostgreSQL has it; the pipeline never uses it.
 */
export interface SqlReader {
  /** Rows as the driver gives them; instants are Dates. Runs inside the tenant's transaction, read-only. */
  read<Row extends object>(scope: Scope, text: string, values: readonly unknown[]): Promise<Row[]>;
}

const digestDigits = /^[0-9a-f]{32}$/;

/**
 * A value of a digest column, looked at by every adapter before it keeps or looks for it: in upper case it would be
 * another key here, and the same in a store that keeps bits.
 * @throws RangeError when it is none
 */
export function digestIn(value: unknown): string {
  if (typeof value === 'string' && digestDigits.test(value)) return value;
  throw new RangeError(`${String(value)} is not 32 hexadecimal digits in lower case`);
}

/** The forms of a table's columns, to be applied to any of its rows. */
export function formsOf<Row extends object>(table: Table<Row>): readonly (readonly [column: string, form: StoredForm])[] {
  return Object.entries(table.forms ?? {}) as [string, StoredForm][];
}

/**
 * The text that stands for a row's key, for maps. Parts are told apart by their length, so no id can pretend to
 * be another; JSON would do the same five times slower, and this runs several times an event.
 */
export function rowKey<Row extends object>(table: Table<Row>, row: Partial<Row>): string {
  let text = '';
  for (const column of table.key) {
    const value = row[column];
    text += typeof value === 'string' ? `${value.length}:${value}` : `#${String(value)}|`;
  }
  return text;
}
