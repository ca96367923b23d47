export type Stored = Record<string, unknown>;

/**
 * The rows of one table by their keys, and by each column that somebody has asked for: a history of many merges asks
 * for the links and standings of each person who goes, which must not look at everybody’s.
 */
export class ScratchTable {
  readonly #rows = new Map<string, Stored>();
  /** Column → value → rows by key. An index is made when its column is first asked for. */
  readonly #indexes = new Map<string, Map<unknown, Map<string, Stored>>>();

  get(key: string): Stored | undefined {
    return this.#rows.get(key);
  }

  set(key: string, row: Stored): void {
    const before = this.#rows.get(key);
    this.#rows.set(key, row);
    for (const [column, index] of this.#indexes) {
      if (before && before[column] !== row[column]) index.get(before[column])?.delete(key);
      put(index, row[column], { key, row });
    }
  }

  /** False when there was none. */
  remove(key: string): boolean {
    const before = this.#rows.get(key);
    if (before) for (const [column, index] of this.#indexes) index.get(before[column])?.delete(key);
    return this.#rows.delete(key);
  }

  /** All rows that these columns may fit, perhaps others too. What tells tenants apart tells no rows of a run apart. */
  candidates(where: Readonly<Record<string, unknown>>): Iterable<Stored> {
    const column = Object.keys(where).find((name) => name !== 'workspace' && name !== 'environment');
    if (column === undefined) return this.#rows.values();
    return this.#indexOf(column).get(where[column])?.values() ?? [];
  }

  #indexOf(column: string): Map<unknown, Map<string, Stored>> {
    const known = this.#indexes.get(column);
    if (known) return known;
    const index = new Map<unknown, Map<string, Stored>>();
    for (const [key, row] of this.#rows) put(index, row[column], { key, row });
    this.#indexes.set(column, index);
    return index;
  }
}

function put(index: Map<unknown, Map<string, Stored>>, value: unknown, { key, row }: { key: string; row: Stored }): void {
  const rows = index.get(value);
  if (rows) rows.set(key, row);
  else index.set(value, new Map([[key, row]]));
}
