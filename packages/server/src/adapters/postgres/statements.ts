import type { Json } from '@gangway/product/kernel/json.ts';
import { type ColumnType, digestIn, formsOf, rowKey, type Selection, type Table } from '@gangway/product/ports/db/db.ts';
import { arrayType, binaryArray, binaryDocuments } from './binary-array.ts';

/**
 * A statement as the driver takes it. Its text depends on the table and on what is asked of it, never on the values
 * or how many rows there are, so there are few texts, and each is parsed once a connection.
 */
export interface SqlStatement {
  readonly text: string;
  readonly values: unknown[];
}

/** `firstSeen` → `"first_seen"`. */
export function quoted(column: string): string {
  return `"${snake(column)}"`;
}

export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function columnsOf<Row extends object>(table: Table<Row>): [string, ColumnType][] {
  return Object.entries(table.columns) as [string, ColumnType][];
}

/** The select list: every column under its declared name but those left out, as rows have it. */
export function selectList<Row extends object>(table: Table<Row>, without: readonly string[] = []): string {
  return columnsOf(table)
    .filter(([column]) => !without.includes(column))
    .map(([column, type]) => `${told(type, `t.${quoted(column)}`)} as "${column}"`)
    .join(', ');
}

/** A column's value as rows have it: instants as epoch milliseconds, digests as digits alone. */
function told(type: ColumnType, value: string): string {
  // In doubles, which are exact to a microsecond here; `extract` counts in numerics and takes ten times as long.
  if (type === 'instant') return `round(date_part('epoch', ${value}) * 1000)::bigint`;
  return type === 'digest' ? `replace(${value}::text, '-', '')` : value;
}

/** Rows as parameters of a statement: where they come from, and what of it is the value of each column. */
interface Travelling {
  readonly from: string;
  /** The same, in the order of the key. */
  readonly inKeyOrder: string;
  /** By column, in order. */
  readonly values: readonly string[];
  readonly parameters: unknown[];
  /** Columns in which all rows are the same, with what they hold. */
  readonly shared: Readonly<Record<string, unknown>>;
}

/** The tenant. Nearly every statement is about one, so it travels once and not with every row. */
const tenantColumns: readonly string[] = ['workspace', 'environment'];

/**
 * Each column is one list in binary form, `unnest($1::text[], …)`; a tenant that all rows share is one value.
 *
 * In the order of their key, rows that lie side by side in the index are looked up one after the other, and what the
 * processor has just read serves the next: a sixth of the time of thousands of look-ups, of which sorting takes a
 * small part. It is no use to `put`, whose rows are long.
 */
function travelling<Row extends object>(table: Table<Row>, columns: readonly string[], rows: readonly Partial<Row>[]): Travelling {
  const cellOf = (row: Partial<Row> | undefined, column: string) => row?.[column as keyof Row];
  const shared = (column: string) => tenantColumns.includes(column) && rows.every((row) => cellOf(row, column) === cellOf(rows[0], column));
  const parameters: unknown[] = [];
  const [lists, names, values]: [string[], string[], string[]] = [[], [], []];
  const order: string[] = [];
  // A list at least, or nothing says how many rows there are.
  const alone = columns.filter(shared).slice(0, columns.length - 1);
  const forms = new Map(formsOf(table));
  for (const column of columns) {
    const type = table.columns[column as keyof Row & string];
    if (alone.includes(column)) {
      parameters.push(cellOf(rows[0], column));
      values.push(`$${parameters.length}::text`);
      continue;
    }
    const form = forms.get(column);
    const cells = rows.map((row) => row[column as keyof Row]);
    parameters.push(form ? binaryDocuments(form, cells as Json[]) : binaryArray(type, cells));
    const name = `c${names.length}`;
    names.push(name);
    lists.push(`$${parameters.length}::${arrayType(type)}`);
    values.push(`u.${name}`);
    if ((table.key as readonly string[]).includes(column)) order.push(type === 'text' ? `${name} collate "C"` : name);
  }
  const from = `unnest(${lists.join(', ')}) as u(${names.join(', ')})`;
  return {
    from,
    inKeyOrder: order.length === 0 ? from : `(select * from ${from} order by ${order.join(', ')}) as u`,
    values,
    parameters,
    shared: Object.fromEntries(alone.map((column) => [column, cellOf(rows[0], column)])),
  };
}

function insertText<Row extends object>(
  table: Table<Row>,
  columns: readonly string[],
  { from, values }: Pick<Travelling, 'from' | 'values'>,
): string {
  return `insert into ${quoted(table.name)} (${columns.map(quoted).join(', ')}) select ${values.join(', ')} from ${from}`;
}

/** COPY is refused under row-level security, so rows travel as one array a column. */
export function putStatement<Row extends object>(table: Table<Row>, rows: readonly Row[]): SqlStatement {
  const columns = columnsOf(table).map(([column]) => column);
  const rest = columns.filter((column) => !(table.key as readonly string[]).includes(column));
  const update =
    rest.length === 0 ? 'do nothing' : `do update set ${rest.map((column) => `${quoted(column)} = excluded.${quoted(column)}`).join(', ')}`;
  const travel = travelling(table, columns, rows);
  return {
    text: `${insertText(table, columns, travel)} on conflict (${table.key.map(quoted).join(', ')}) ${update}`,
    values: travel.parameters,
  };
}

/**
 * Answers one row: how many were new (`count`), and their keys as lists (`keys`) unless all were. Nearly always all
 * are, and then nothing is told row by row.
 */
export function insertNewStatement<Row extends object>(table: Table<Row>, rows: readonly Row[]): SqlStatement {
  const columns = columnsOf(table).map(([column]) => column);
  const key = table.key.map(quoted).join(', ');
  const keyTold = table.key.map((column) => told(table.columns[column], quoted(column))).join(', ');
  const travel = travelling(table, columns, rows);
  return {
    text: `with fresh as (${insertText(table, columns, { ...travel, from: travel.inKeyOrder })} on conflict (${key}) do nothing returning ${key})
      select count(*) as "count", case when count(*) < $${travel.parameters.length + 1}::bigint
        then (select json_agg(json_build_array(${keyTold})) from fresh) end as "keys" from fresh`,
    values: [...travel.parameters, rows.length],
  };
}

/**
 * One index probe a key. A join of the table with the list of keys would leave the choice to the planner, which
 * knows nothing of the list's length, and on a table that was empty when its statistics were taken it chooses to
 * compare every row with every key. A lateral sub-select with a limit cannot be turned into such a join.
 */
function probe<Row extends object>(table: Table<Row>, what: string, { inKeyOrder, values }: Travelling): string {
  const same = table.key.map((column, index) => `t.${quoted(column)} = ${values[index]}`).join(' and ');
  return `from ${inKeyOrder} cross join lateral (select ${what} from ${quoted(table.name)} t where ${same} limit 1) t`;
}

/** `shared` is what all rows of the answer have besides, so that it does not travel with each. */
export function getStatement<Row extends object>(
  table: Table<Row>,
  keys: readonly Partial<Row>[],
): SqlStatement & { readonly shared: Readonly<Record<string, unknown>> } {
  const travel = travelling(table, table.key, distinct(table, keys));
  const list = selectList(table, Object.keys(travel.shared));
  return { text: `select ${list} ${probe(table, 't.*', travel)}`, values: travel.parameters, shared: travel.shared };
}

export function removeStatement<Row extends object>(table: Table<Row>, keys: readonly Partial<Row>[]): SqlStatement {
  const travel = travelling(table, table.key, distinct(table, keys));
  const text = `delete from ${quoted(table.name)} where ctid = any(array(select t.at ${probe(table, 't.ctid as at', travel)}))`;
  return { text, values: travel.parameters };
}

/** A key asked for twice is one row. */
function distinct<Row extends object>(table: Table<Row>, keys: readonly Partial<Row>[]): Partial<Row>[] {
  return [...new Map(keys.map((key) => [rowKey(table, key), key])).values()];
}

export function listStatement<Row extends object>(table: Table<Row>, selection: Selection<Row>): SqlStatement {
  return selected(table, selectList(table), selection);
}

/** Found by where they lie: nothing is looked up by its key, and no row travels. */
export function removeListedStatement<Row extends object>(table: Table<Row>, selection: Selection<Row>): SqlStatement {
  const { text, values } = selected(table, 't.ctid', selection);
  return { text: `delete from ${quoted(table.name)} where ctid = any(array(${text}))`, values };
}

function selected<Row extends object>(table: Table<Row>, what: string, selection: Selection<Row>): SqlStatement {
  const values: unknown[] = [];
  const parameter = (column: string, value: unknown) => {
    const type = table.columns[column as keyof Row & string];
    values.push(type === 'digest' ? digestIn(value) : value);
    return type === 'instant' ? `to_timestamp($${values.length}::bigint / 1000.0)` : `$${values.length}`;
  };
  const conditions: string[] = [];
  for (const [column, value] of Object.entries(selection.where ?? {})) {
    conditions.push(value === null ? `t.${quoted(column)} is null` : `t.${quoted(column)} = ${parameter(column, value)}`);
  }
  const { range, after, orderBy, descending, limit } = selection;
  if (range?.from !== undefined) conditions.push(`t.${quoted(range.column)} >= ${parameter(range.column, range.from)}`);
  if (range?.to !== undefined) conditions.push(`t.${quoted(range.column)} <= ${parameter(range.column, range.to)}`);
  const first = orderBy?.[0];
  if (after !== undefined && first !== undefined)
    conditions.push(`t.${quoted(first)}${collate(table, first)} ${descending ? '<' : '>'} ${parameter(first, after)}`);
  const where = conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '';
  const order = orderBy
    ? ` order by ${orderBy.map((column) => `t.${quoted(column)}${collate(table, column)}${descending ? ' desc' : ''}`).join(', ')}`
    : '';
  const bound = limit === undefined ? '' : ` limit ${Math.trunc(limit)}`;
  return { text: `select ${what} from ${quoted(table.name)} t${where}${order}${bound}`, values };
}

/** Texts are ordered by bytes, as in the in-memory twin, whatever the database's locale. */
function collate<Row extends object>(table: Table<Row>, column: keyof Row & string): string {
  return table.columns[column] === 'text' ? ' collate "C"' : '';
}

/** The columns of a table as DDL, for migrations that create what is declared. */
export function createTableText<Row extends object>(table: Table<Row>): string {
  const types: Record<ColumnType, string> = {
    text: 'text',
    integer: 'bigint',
    number: 'double precision',
    boolean: 'boolean',
    json: 'json',
    instant: 'timestamptz',
    digest: 'uuid',
  };
  const columns = columnsOf(table).map(
    ([column, type]) =>
      `  ${quoted(column)} ${types[type]}${type === 'text' ? ' collate "C"' : ''}${(table.key as readonly string[]).includes(column) ? ' not null' : ''}`,
  );
  return `create table ${quoted(table.name)} (\n${columns.join(',\n')},\n  primary key (${table.key.map(quoted).join(', ')})\n)`;
}
