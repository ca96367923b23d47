/** One person number of one scope and the number it has become. */
export interface Override {
  readonly person: number;
  readonly became: number;
}

/**
 * Which person numbers have become which, without chains: every number points at the last one. A merge joins the
 * two groups, so the same merges in a row, or one of them twice, leave the same groups.
 */
export class PersonOverrides {
  readonly #became = new Map<number, number>();
  /** Survivor → all that became it. */
  readonly #members = new Map<number, number[]>();

  /** Takes over what was stored; no chains in it. */
  restore({ person, became }: Override): void {
    this.#became.set(person, became);
    const members = this.#members.get(became) ?? [];
    members.push(person);
    this.#members.set(became, members);
  }

  current(person: number): number {
    return this.#became.get(person) ?? person;
  }

  /** All numbers that are this person now; none for one that has become another. */
  numbersOf(person: number): readonly number[] {
    return this.#became.has(person) ? [] : [person, ...(this.#members.get(person) ?? [])];
  }

  /** Joins `from` into `to` and says which overrides are new or changed by it. */
  merge(from: number, to: number): readonly Override[] {
    const loser = this.current(from);
    const survivor = this.current(to);
    if (loser === survivor) return [];
    const moved = [...(this.#members.get(loser) ?? []), loser];
    this.#members.delete(loser);
    const changed = moved.map((person) => ({ person, became: survivor }));
    for (const override of changed) this.restore(override);
    return changed;
  }
}

/** Those of a scope, which are none yet for one that is new. */
export function overridesOf<Scope>(overrides: Map<Scope, PersonOverrides>, scope: Scope): PersonOverrides {
  const found = overrides.get(scope) ?? new PersonOverrides();
  overrides.set(scope, found);
  return found;
}
