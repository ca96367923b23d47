import type { Mark } from './attention.ts';
import type { Store } from './storage.ts';

/** What this device remembers of contents, so that a reload goes on and a stale manifest repeats nothing. */
export interface Marks {
  readonly get: (id: string) => Mark;
  /** It runs by itself: any tab may go on with it. */
  start(id: string): void;
  /** It was asked for here, from the beginning: this tab goes on with it. */
  startInTab(id: string): void;
  runsInTab(id: string): boolean;
  end(id: string, done: boolean): void;
  /** Forgets all of this tab, with `shared` of all tabs, also what surfaces have remembered. */
  clear(shared: boolean): void;
}

export function marksOf(store: Store, tabStore: Store): Marks {
  const keyOf = (id: string) => `mark:${id}`;
  return {
    get: (id) => (tabStore.get(keyOf(id)) ?? store.get(keyOf(id))) as Mark,
    start: (id) => store.set(keyOf(id), 'running'),
    startInTab(id) {
      tabStore.remove(`memory:${id}`);
      tabStore.set(keyOf(id), 'running');
    },
    runsInTab: (id) => tabStore.get(keyOf(id)) === 'running',
    end(id, done) {
      tabStore.remove(keyOf(id));
      if (done) store.set(keyOf(id), 'done');
      else if (store.get(keyOf(id)) === 'running') store.remove(keyOf(id));
    },
    clear(shared) {
      for (const each of shared ? [store, tabStore] : [tabStore])
        for (const prefix of ['mark:', 'memory:']) for (const key of each.keys(prefix)) each.remove(key);
    },
  };
}
