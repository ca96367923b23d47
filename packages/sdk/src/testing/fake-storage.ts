/** A `Storage` in memory with a quota in UTF-16 code units, keys included. */
export function fakeStorage(quota = Number.POSITIVE_INFINITY): Storage {
  const values = new Map<string, string>();
  const size = () => [...values].reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  const storage = {
    get length() {
      return values.size;
    },
    key: (index: number) => [...values.keys()][index] ?? null,
    getItem: (key: string) => values.get(key) ?? null,
    setItem(key: string, value: string) {
      const before = values.get(key);
      values.set(key, value);
      if (size() <= quota) return;
      if (before === undefined) values.delete(key);
      else values.set(key, before);
      throw new DOMException('full', 'QuotaExceededError');
    },
    removeItem: (key: string) => void values.delete(key),
    clear: () => values.clear(),
  };
  return new Proxy(storage as Storage, {
    ownKeys: () => [...values.keys()],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });
}
