import type { Scope } from '../kernel/scope.ts';
import { ScopeMap } from '../kernel/scope-map.ts';
import type { Tx } from '../ports/db/db.ts';
import { type CounterRow, counters } from './tables.ts';

interface Sum {
  value: number;
  changed: boolean;
}

/**
 * The running numbers that a batch adds to: read in bulk, written in bulk. Several are counted at every event, which
 * is why they are not rows like all others while the batch runs.
 */
export class Tally {
  readonly #tx: Tx;
  readonly #whole: boolean;
  readonly #environments = new ScopeMap<Map<string, Sum>>();

  /** @param whole the store began empty and nobody else writes to it, so that nothing has to be loaded */
  constructor(tx: Tx, whole: boolean) {
    this.#tx = tx;
    this.#whole = whole;
  }

  /** Makes these names of these environments known; one statement, none when all are. */
  async load(wanted: Iterable<{ readonly scope: Scope; readonly value: Iterable<string> }>): Promise<void> {
    const missing: { readonly workspace: string; readonly environment: string; readonly name: string }[] = [];
    for (const { scope, value: names } of wanted) {
      const sums = this.#sumsOf(scope);
      for (const name of names) {
        if (sums.has(name)) continue;
        sums.set(name, { value: 0, changed: false });
        missing.push({ workspace: scope.workspace, environment: scope.environment, name });
      }
    }
    for (const row of await this.#tx.get(counters, missing)) this.#sumsOf(row).set(row.name, { value: row.value, changed: false });
  }

  /** Adds, and gives the new value. Throws when the name was never loaded: that is a bug. */
  add(scope: Scope, name: string, by: number): number {
    const sums = this.#sumsOf(scope);
    let sum = sums.get(name);
    if (!sum) {
      if (!this.#whole) throw new Error(`the counter ${name} was not loaded`);
      sum = { value: 0, changed: false };
      sums.set(name, sum);
    }
    sum.value += by;
    sum.changed = true;
    return sum.value;
  }

  /**
   * Writes what changed: at most two statements. A sum that has come to nothing is no row, so that what was counted
   * and taken back leaves what never having counted leaves: a replay after a deletion does not count at all.
   */
  async flush(): Promise<void> {
    const rows: CounterRow[] = [];
    for (const { scope, value: sums } of this.#environments.entries()) {
      for (const [name, sum] of sums) {
        if (sum.changed) rows.push({ workspace: scope.workspace, environment: scope.environment, name, value: sum.value });
        sum.changed = false;
      }
    }
    const nothing = rows.filter(({ value }) => value === 0);
    if (nothing.length > 0) await this.#tx.remove(counters, nothing);
    await this.#tx.put(
      counters,
      rows.filter(({ value }) => value !== 0),
    );
  }

  #sumsOf(scope: Scope): Map<string, Sum> {
    return this.#environments.of(scope, () => new Map());
  }
}
