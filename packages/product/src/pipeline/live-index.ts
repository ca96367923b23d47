import type { Subject } from '../kernel/subject.ts';

const none: readonly never[] = [];

/** What is live, by the kind of subject that it concerns and by the keys that it looks at. */
export class LiveIndex<T> {
  readonly #kinds = { person: new Map<string, T[]>(), account: new Map<string, T[]>() };

  /** @param keys each once, whatever is said */
  add(kind: Subject['kind'], keys: Iterable<string>, item: T): void {
    for (const key of new Set(keys)) {
      const items = this.#kinds[kind].get(key);
      if (items) items.push(item);
      else this.#kinds[kind].set(key, [item]);
    }
  }

  /** Those that look at one of the keys, each once: in the order of the keys, then as they were added. */
  find(kind: Subject['kind'], keys: readonly string[]): readonly T[] {
    const items = this.#kinds[kind];
    if (items.size === 0) return none;
    // Most events change one thing.
    if (keys.length === 1) return items.get(keys[0] ?? '') ?? none;
    const found = new Set<T>();
    for (const key of keys) for (const item of items.get(key) ?? none) found.add(item);
    return [...found];
  }
}
