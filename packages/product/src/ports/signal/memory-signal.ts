import type { Signal, Signals, Topic } from './signal.ts';

type Handler = (payload: never) => void;

/** Signals inside one process: the embedded adapter, and the twin of the distributed ones. */
export function createMemorySignal(report: (error: unknown) => void = () => undefined): Signal {
  const handlers = new Map<Topic, Set<Handler>>();
  return {
    publish<T extends Topic>(topic: T, payload: Signals[T]) {
      for (const handler of handlers.get(topic) ?? []) {
        try {
          (handler as (value: Signals[T]) => void)(payload);
        } catch (error) {
          report(error);
        }
      }
    },
    subscribe<T extends Topic>(topic: T, handler: (payload: Signals[T]) => void) {
      const set = handlers.get(topic) ?? new Set();
      handlers.set(topic, set);
      set.add(handler as Handler);
      return () => void set.delete(handler as Handler);
    },
    close: async () => handlers.clear(),
  };
}
