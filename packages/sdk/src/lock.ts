import { newId } from './new-id.ts';
import type { Store } from './storage.ts';

const leaseMs = 10_000;
const renewMs = 3000;

/**
 * Waits for a lock that one tab holds at a time, and keeps it until released. Calling the result gives it up, or
 * stops waiting. The browser releases it when the tab dies.
 */
export type Lock = (name: string, held: () => void) => () => void;

/** Web Locks; where they are missing (plain http), a lease in storage that its holder renews. */
export function createLock(store: Store): Lock {
  const { locks } = navigator;
  return (name, held) => (locks ? webLock(locks, name, held) : lease(store, name, held));
}

function webLock(locks: LockManager, name: string, held: () => void): () => void {
  const waiting = new AbortController();
  let release: (() => void) | undefined;
  let over = false;
  const hold = () =>
    new Promise<void>((resolve) => {
      release = resolve;
      if (over) resolve();
      else held();
    });
  locks.request(name, { signal: waiting.signal }, hold).catch(() => {});
  return () => {
    over = true;
    waiting.abort();
    release?.();
  };
}

function lease(store: Store, name: string, held: () => void): () => void {
  const key = `lease:${name}`;
  const self = newId();
  let holding = false;
  const take = () => {
    const [owner, until] = (store.get(key) ?? '').split(' ');
    const free = owner === self || Number(until ?? 0) < Date.now();
    if (!free) return;
    store.set(key, `${self} ${Date.now() + leaseMs}`);
    if (holding) return;
    holding = true;
    held();
  };
  const timer = setInterval(take, renewMs);
  queueMicrotask(take);
  return () => {
    clearInterval(timer);
    if (holding) store.remove(key);
  };
}
