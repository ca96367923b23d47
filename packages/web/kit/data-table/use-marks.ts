import { useCallback, useState } from 'react';

export interface Marks {
  readonly keys: ReadonlySet<string>;
  readonly toggle: (key: string) => void;
  readonly setAll: (keys: readonly string[]) => void;
}

/** Which rows are selected, by key. */
export function useMarks(): Marks {
  const [keys, setKeys] = useState<ReadonlySet<string>>(() => new Set());
  const toggle = useCallback((key: string) => {
    setKeys((before) => {
      const after = new Set(before);
      if (!after.delete(key)) after.add(key);
      return after;
    });
  }, []);
  const setAll = useCallback((all: readonly string[]) => setKeys(new Set(all)), []);
  return { keys, toggle, setAll };
}
