/** Texts by key. Never throws; what the browser does not let us keep lives in memory until the page goes. */
export interface Store {
  get(key: string): string | undefined;
  /** False when the value could not be persisted (it is kept in memory then). */
  set(key: string, value: string): boolean;
  remove(key: string): void;
  /** Keys that start so, in order. */
  keys(prefix: string): string[];
}

/**
 * A guarded view of a `Storage`.
 *
 * @param open reads `window.localStorage` or the like; the mere access may throw in a sandboxed frame
 * @param prefix keeps our keys apart from the page's and from other environments'
 */
export function createStore(open: () => Storage | undefined, prefix: string): Store {
  const memory = new Map<string, string>();
  const storage = attempt(open);
  return {
    get: (key) => memory.get(key) ?? attempt(() => storage?.getItem(prefix + key)) ?? undefined,
    set(key, value) {
      const kept = attempt(() => {
        storage?.setItem(prefix + key, value);
        return storage !== undefined;
      });
      if (kept) memory.delete(key);
      else memory.set(key, value);
      return kept === true;
    },
    remove(key) {
      memory.delete(key);
      attempt(() => storage?.removeItem(prefix + key));
    },
    keys(start) {
      const stored = attempt(() => (storage ? Object.keys(storage) : [])) ?? [];
      const ours = stored.filter((key) => key.startsWith(prefix + start)).map((key) => key.slice(prefix.length));
      const held = [...memory.keys()].filter((key) => key.startsWith(start));
      return [...new Set([...ours, ...held])].sort();
    },
  };
}

/** Reads a JSON value; undefined for nothing and for what is not JSON. */
export function readJson<Value>(store: Store, key: string): Value | undefined {
  return parseJson(store.get(key) ?? '');
}

/** Undefined for what is not JSON. */
export function parseJson<Value>(text: string): Value | undefined {
  return attempt(() => JSON.parse(text) as Value);
}

function attempt<Value>(action: () => Value): Value | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
