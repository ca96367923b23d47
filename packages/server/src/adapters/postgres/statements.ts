import { type ColumnType, rowKey, type Selection, type Table } from '@gangway/product/ports/db/db.ts';

/** A statement as the driver takes it. Texts depend on the table alone, so each is parsed once a connection. */
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

/** How a column travels as a list: the array's type, and how one element becomes the column's value. */
const travel: Record<ColumnType, { readonly array: string; readonly cast: (name: string) => string }> = {
  text: { array: 'text[]', cast: (name) => name },
  integer: { array: 'bigint[]', cast: (name) => name },
  number: { array: 'double precision[]', cast: (name) => name },
  boolean: { array: 'boolean[]', cast: (name) => name },
  json: { array: 'text[]', cast: (name) => `${name}::json` },
  instant: { array: 'bigint[]', cast: (name) => `to_timestamp(${name} / 1000.0)` },
};

function columnsOf<Row extends object>(table: Table<Row>): [string, ColumnType][] {
  return Object.entries(table.columns) as [string, ColumnType][];
}

/** The select list: instants come as epoch milliseconds. */
export function selectList<Row extends object>(table: Table<Row>): string {
  return columnsOf(table)
    .map(([column, type]) =>
      type === 'instant' ? `round(extract(epoch from t.${quoted(column)}) * 1000)::bigint as ${quoted(column)}` : `t.${quoted(column)}`,
    )
    .join(', ');
}

/** Parameters `$1::text[], …` for the given columns, and the select list that makes values of their elements. */
function lists<Row extends object>(
  table: Table<Row>,
  columns: readonly string[],
): { readonly unnest: string; readonly names: string; readonly values: string } {
  const types = columns.map((column) => table.columns[column as keyof Row & string]);
  const unnest = types.map((type, index) => `$${index + 1}::${travel[type].array}`).join(', ');
  const names = columns.map((_, index) => `c${index}`);
  return { unnest, names: names.join(', '), values: types.map((type, index) => travel[type].cast(`u.${names[index]}`)).join(', ') };
}

function arrays<Row extends object>(table: Table<Row>, columns: readonly string[], rows: readonly Partial<Row>[]): unknown[] {
  return columns.map((column) => {
    const json = table.columns[column as keyof Row & string] === 'json';
    return rows.map((row) => {
      const value = row[column as keyof Row];
      return json ? JSON.stringify(value) : value;
    });
  });
}

function insertText<Row extends object>(table: Table<Row>, columns: readonly string[]): string {
  const { unnest, names, values } = lists(table, columns);
  return `insert into ${quoted(table.name)} (${columns.map(quoted).join(', ')}) select ${values} from unnest(${unnest}) as u(${names})`;
}

/** COPY is refused under row-level security, so rows travel as one array a column. */
export function putStatement<Row extends object>(table: Table<Row>, rows: readonly Row[]): SqlStatement {
  const columns = columnsOf(table).map(([column]) => column);
  const rest = columns.filter((column) => !(table.key as readonly string[]).includes(column));
  const update =
    rest.length === 0 ? 'do nothing' : `do update set ${rest.map((column) => `${quoted(column)} = excluded.${quoted(column)}`).join(', ')}`;
  return {
    text: `${insertText(table, columns)} on conflict (${table.key.map(quoted).join(', ')}) ${update}`,
    values: arrays(table, columns, rows),
  };
}

export function insertNewStatement<Row extends object>(table: Table<Row>, rows: readonly Row[]): SqlStatement {
  const columns = columnsOf(table).map(([column]) => column);
  const key = table.key.map(quoted).join(', ');
  return { text: `${insertText(table, columns)} on conflict (${key}) do nothing returning ${key}`, values: arrays(table, columns, rows) };
}

/**
 * One index probe a key. A join of the table with the list of keys would leave the choice to the planner, which
 * knows nothing of the list's length, and on a table that was empty when its statistics were taken it chooses to
 * compare every row with every key. A lateral sub-select with a limit cannot be turned into such a join.
 */
function probe<Row extends object>(table: Table<Row>, what: string): string {
  const { unnest, names } = lists(table, table.key);
  const same = table.key.map((column, index) => `t.${quoted(column)} = ${travel[table.columns[column]].cast(`u.c${index}`)}`).join(' and ');
  return `from unnest(${unnest}) as u(${names}) cross join lateral (select ${what} from ${quoted(table.name)} t where ${same} limit 1) t`;
}

export function getStatement<Row extends object>(table: Table<Row>, keys: readonly Partial<Row>[]): SqlStatement {
  return { text: `select ${selectList(table)} ${probe(table, 't.*')}`, values: arrays(table, table.key, distinct(table, keys)) };
}

export function removeStatement<Row extends object>(table: Table<Row>, keys: readonly Partial<Row>[]): SqlStatement {
  const text = `delete from ${quoted(table.name)} where ctid = any(array(select t.at ${probe(table, 't.ctid as at')}))`;
  return { text, values: arrays(table, table.key, distinct(table, keys)) };
}

/** A key asked for twice is one row. */
function distinct<Row extends object>(table: Table<Row>, keys: readonly Partial<Row>[]): Partial<Row>[] {
  return [...new Map(keys.map((key) => [rowKey(table, key), key])).values()];
}

export function listStatement<Row extends object>(table: Table<Row>, selection: Selection<Row>): SqlStatement {
  const values: unknown[] = [];
  const parameter = (column: string, value: unknown) => {
    values.push(value);
    return table.columns[column as keyof Row & string] === 'instant'
      ? `to_timestamp($${values.length}::bigint / 1000.0)`
      : `$${values.length}`;
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
  return { text: `select ${selectList(table)} from ${quoted(table.name)} t${where}${order}${bound}`, values };
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
  };
  const columns = columnsOf(table).map(
    ([column, type]) =>
      `  ${quoted(column)} ${types[type]}${type === 'text' ? ' collate "C"' : ''}${(table.key as readonly string[]).includes(column) ? ' not null' : ''}`,
  );
  return `create table ${quoted(table.name)} (\n${columns.join(',\n')},\n  primary key (${table.key.map(quoted).join(', ')})\n)`;
}
