import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { TimelineEvent } from './api/answers.ts';
import { useEnvironment } from './api/environment.tsx';
import { concerns, type Touched } from './live-keys.ts';
import { keepStream } from './live-stream.ts';
import { refreshAnswers } from './refresh-answers.ts';

/** What one message of the stream says: events just applied, and the people and accounts they touched. */
export interface Applied {
  readonly events: readonly TimelineEvent[];
  readonly people: readonly string[];
  readonly accounts: readonly string[];
}
type Listener = (applied: Applied) => void;
interface Live {
  readonly connected: boolean;
  readonly subscribe: (listener: Listener) => () => void;
}

const LiveContext = createContext<Live>({ connected: false, subscribe: () => () => undefined });
/** Milliseconds at least between two refreshes: a single event shows at once, a stream of them is gathered. */
const gatherFor = 120;
/** Milliseconds that a refresh waits for the rest of a burst. */
const shortest = 40;

/**
 * Holds the one stream of the environment that is open, and asks again for what the events have touched. Lists
 * that grow (`useGrowingList`) decide for themselves, so that rows do not move under the pointer.
 */
export function LiveProvider({ children }: { children: ReactNode }) {
  const environment = useEnvironment().id;
  const [connected, setConnected] = useState(false);
  const listeners = useRef(new Set<Listener>());
  const gather = useGatheredRefresh(environment);
  useEffect(() => {
    return keepStream(environment, {
      onApplied: (applied) => {
        for (const listener of listeners.current) listener(applied);
        gather(applied);
      },
      onProjected: () => gather('projected'),
      onOpen: (missed) => {
        setConnected(true);
        if (missed) gather(undefined);
      },
      onLost: () => setConnected(false),
    });
  }, [environment, gather]);
  const subscribe = useCallback((listener: Listener) => {
    listeners.current.add(listener);
    return () => void listeners.current.delete(listener);
  }, []);
  return <LiveContext value={useMemo(() => ({ connected, subscribe }), [connected, subscribe])}>{children}</LiveContext>;
}

function useGatheredRefresh(environment: string): (applied: Applied | 'projected' | undefined) => void {
  const cache = useQueryClient();
  const waiting = useRef<{ touched: Touched; timer: ReturnType<typeof setTimeout> } | undefined>(undefined);
  const refreshedAt = useRef(0);
  useEffect(() => () => clearTimeout(waiting.current?.timer), []);
  return useCallback(
    (applied) => {
      if (!waiting.current) {
        const touched: Touched = { all: false, analytics: false, people: new Set(), accounts: new Set() };
        const timer = setTimeout(
          () => {
            waiting.current = undefined;
            refreshedAt.current = performance.now();
            refreshAnswers(cache, (key) => concerns(key, environment, touched));
          },
          Math.max(shortest, refreshedAt.current + gatherFor - performance.now()),
        );
        waiting.current = { touched, timer };
      }
      const { touched } = waiting.current;
      if (applied === undefined) touched.all = true;
      else if (applied === 'projected') touched.analytics = true;
      else {
        for (const person of applied.people) touched.people.add(person);
        for (const account of applied.accounts) touched.accounts.add(account);
      }
    },
    [cache, environment],
  );
}

/** Hears every message of the stream while the component is there; answers whether the stream stands. */
export function useLive(listener?: Listener): { connected: boolean } {
  const { connected, subscribe } = useContext(LiveContext);
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => subscribe((applied) => latest.current?.(applied)), [subscribe]);
  return { connected };
}
