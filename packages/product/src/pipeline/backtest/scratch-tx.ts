import { rowKey, type Selection, type Table, type Tx } from '../../ports/db/db.ts';
import { ScratchTable, type Stored } from './scratch-table.ts';

/**
 * A transaction over plain maps for a run that nobody else sees and that is thrown away: the pipeline's code
 * works on it as on a store. Rows are handed out as they were put; the pipeline replaces rows, it never changes
 * one. The memory twin of the db port copies every row, which a run over hundreds of thousands of events cannot pay.
 */
export function createScratchTx(): Tx {
  const tables = new Map<string, ScratchTable>();
  const tableOf = (name: string) => {
    const known = tables.get(name) ?? new ScratchTable();
    tables.set(name, known);
    return known;
  };
  return {
    lock: async () => undefined,
    async get<Row extends object>(table: Table<Row>, keys: readonly Partial<Row>[]) {
      const kept = tableOf(table.name);
      return keys.flatMap((key) => (kept.get(rowKey(table, key)) ?? []) as Row | []);
    },
    list: async <Row extends object>(table: Table<Row>, selection: Selection<Row>) =>
      select(tableOf(table.name).candidates(selection.where ?? {}), selection) as Row[],
    async put(table, rows) {
      const kept = tableOf(table.name);
      for (const row of rows) kept.set(rowKey(table, row), row as Stored);
    },
    async insertNew(table, rows) {
      const kept = tableOf(table.name);
      return rows.filter((row) => {
        const key = rowKey(table, row);
        if (kept.get(key)) return false;
        kept.set(key, row as Stored);
        return true;
      });
    },
    async remove(table, keys) {
      const kept = tableOf(table.name);
      return keys.filter((key) => kept.remove(rowKey(table, key))).length;
    },
    async removeListed(table, selection) {
      return this.remove(table, await this.list(table, selection));
    },
  };
}

function select<Row extends object>(rows: Iterable<Stored>, { where, range, after, orderBy, descending, limit }: Selection<Row>): Stored[] {
  const first = orderBy?.[0];
  const wanted = Object.entries(where ?? {});
  const matches = (row: Stored) => {
    if (wanted.some(([column, value]) => row[column] !== value)) return false;
    if (range && !within(row[range.column] as number | string | null, range)) return false;
    if (after === undefined || first === undefined) return true;
    return descending ? (row[first] as string) < (after as string) : (row[first] as string) > (after as string);
  };
  const found: Stored[] = [];
  for (const row of rows) if (matches(row)) found.push(row);
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
