import { rowKey, type Selection, type Table, type Tx } from '../../ports/db/db.ts';

type Stored = Record<string, unknown>;

/**
 * A transaction over plain maps for a run that nobody else sees and that is thrown away: the pipeline's code
 * works on it as on a store. Rows are handed out as they were put; the pipeline replaces rows, it never changes
 * one. The memory twin of the db port copies every row, which a run over hundreds of thousands of events cannot pay.
 */
export function createScratchTx(): Tx {
  const tables = new Map<string, Map<string, Stored>>();
  const rowsOf = (name: string) => {
    const rows = tables.get(name) ?? new Map<string, Stored>();
    tables.set(name, rows);
    return rows;
  };
  return {
    lock: async () => undefined,
    async get<Row extends object>(table: Table<Row>, keys: readonly Partial<Row>[]) {
      const rows = rowsOf(table.name);
      return keys.flatMap((key) => (rows.get(rowKey(table, key)) ?? []) as Row | []);
    },
    list: async <Row extends object>(table: Table<Row>, selection: Selection<Row>) =>
      select([...rowsOf(table.name).values()], selection) as Row[],
    async put(table, rows) {
      const kept = rowsOf(table.name);
      for (const row of rows) kept.set(rowKey(table, row), row as Stored);
    },
    async insertNew(table, rows) {
      const kept = rowsOf(table.name);
      const fresh = rows.filter((row) => !kept.has(rowKey(table, row)));
      for (const row of fresh) kept.set(rowKey(table, row), row as Stored);
      return fresh;
    },
    async remove(table, keys) {
      const kept = rowsOf(table.name);
      return keys.filter((key) => kept.delete(rowKey(table, key))).length;
    },
  };
}

function select<Row extends object>(rows: Stored[], { where, range, after, orderBy, descending, limit }: Selection<Row>): Stored[] {
  const first = orderBy?.[0];
  const wanted = Object.entries(where ?? {});
  const found = rows.filter((row) => {
    if (wanted.some(([column, value]) => row[column] !== value)) return false;
    if (range && !within(row[range.column] as number | string | null, range)) return false;
    if (after === undefined || first === undefined) return true;
    return descending ? (row[first] as string) < (after as string) : (row[first] as string) > (after as string);
  });
  if (orderBy) found.sort((a, b) => compare(orderBy, a, b) * (descending ? -1 : 1));
  return limit === undefined ? found : found.slice(0, limit);
}

function within(value: number | string | null, { from, to }: { readonly from?: number | string; readonly to?: number | string }): boolean {
  if (value === null) return false;
  return (from === undefined || value >= from) && (to === undefined || value <= to);
}

function compare(columns: readonly string[], a: Stored, b: Stored): number {
  for (const column of columns) {
    const [left, right] = [a[column] as string, b[column] as string];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
