import { type Scope, scopeKey } from './scope.ts';

/**
 * Values by environment. Nearly everything that comes in a row is of one environment, so the one that was asked for
 * last is compared first: making the text of a scope for each of them would cost more than what is looked for.
 */
export class ScopeMap<T> {
  readonly #byKey = new Map<string, { readonly scope: Scope; value: T }>();
  #last: { readonly scope: Scope; value: T } | undefined;

  get(scope: Scope): T | undefined {
    return this.#find(scope)?.value;
  }

  set(scope: Scope, value: T): void {
    const known = this.#find(scope);
    if (known) known.value = value;
    else this.#add(scope, value);
  }

  /** What is there, else what is made now and stays. */
  of(scope: Scope, make: (scope: Scope) => T): T {
    return (this.#find(scope) ?? this.#add(scope, make(scope))).value;
  }

  clear(): void {
    this.#byKey.clear();
    this.#last = undefined;
  }

  *entries(): IterableIterator<{ readonly scope: Scope; readonly value: T }> {
    yield* this.#byKey.values();
  }

  *values(): IterableIterator<T> {
    for (const { value } of this.#byKey.values()) yield value;
  }

  #find(scope: Scope): { value: T } | undefined {
    const last = this.#last;
    if (last && last.scope.workspace === scope.workspace && last.scope.environment === scope.environment) return last;
    const found = this.#byKey.get(scopeKey(scope));
    if (found) this.#last = found;
    return found;
  }

  #add({ workspace, environment }: Scope, value: T): { value: T } {
    const added = { scope: { workspace, environment }, value };
    this.#byKey.set(scopeKey(added.scope), added);
    this.#last = added;
    return added;
  }
}

/** Each environment that the rows speak of, once. */
export function distinctScopes(rows: Iterable<Scope>): Scope[] {
  const scopes = new ScopeMap<true>();
  for (const row of rows) scopes.set(row, true);
  return Array.from(scopes.entries(), ({ scope }) => scope);
}
