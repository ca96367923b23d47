import type { Store } from './storage.ts';

/** At most this many events wait, and at most this many UTF-16 code units of JSON. */
export const bounds = { events: 500, size: 256 * 1024, oneEvent: 32 * 1024 } as const;

export interface QueuedEvent {
  readonly key: string;
  /** The event as JSON. */
  readonly text: string;
}

/**
 * Events that the server has not acknowledged, each under a key of its own, so that tabs never overwrite each
 * other's. They survive reloads where storage allows.
 */
export interface Queue {
  add(text: string): void;
  /** Oldest first. */
  list(): readonly QueuedEvent[];
  remove(events: readonly QueuedEvent[]): void;
  /** Counts events as lost that were refused for good. */
  lose(events: readonly QueuedEvent[]): void;
  /** How many were lost since the last call. */
  takeLosses(): number;
}

const prefix = 'event:';
const lossesKey = 'losses';

/** @param makeRoom frees storage that is only a cache; called when the browser's quota is reached */
export function createQueue(store: Store, now: () => number, makeRoom: () => void): Queue {
  let counter = 0;
  const list = () => store.keys(prefix).map((key) => ({ key, text: store.get(key) ?? '' }));
  const countLosses = (more: number) => store.set(lossesKey, String(Number(store.get(lossesKey) ?? 0) + more));
  const lose = (events: readonly QueuedEvent[]) => {
    if (events.length === 0) return;
    for (const { key } of events) store.remove(key);
    countLosses(events.length);
  };
  return {
    add(text) {
      if (text.length > bounds.oneEvent) {
        countLosses(1);
        return;
      }
      const key = `${prefix}${String(now()).padStart(15, '0')}.${String(counter++).padStart(6, '0')}.${Math.random().toString(36).slice(2, 8)}`;
      if (!store.set(key, text)) {
        const waiting = list().filter((event) => event.key !== key);
        lose(waiting.slice(0, Math.ceil(waiting.length / 10)));
        if (!store.set(key, text)) makeRoom();
        store.set(key, text);
      }
      lose(overflow(list()));
    },
    list,
    remove(events) {
      for (const { key } of events) store.remove(key);
    },
    lose,
    takeLosses() {
      const losses = Number(store.get(lossesKey) ?? 0);
      store.remove(lossesKey);
      return losses;
    },
  };
}

/** The oldest events that must go so that the rest is within bounds. */
export function overflow(events: readonly QueuedEvent[]): readonly QueuedEvent[] {
  let size = 0;
  let keep = 0;
  for (let index = events.length - 1; index >= 0; index--) {
    size += events[index]?.text.length ?? 0;
    if (size > bounds.size || keep === bounds.events) break;
    keep++;
  }
  return events.slice(0, events.length - keep);
}
