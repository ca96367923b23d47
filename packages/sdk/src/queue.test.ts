import { describe, expect, test } from 'vitest';
import { bounds, createQueue, overflow } from './queue.ts';
import { createStore } from './storage.ts';
import { fakeStorage } from './testing/fake-storage.ts';

function fresh(limit?: number) {
  const storage = fakeStorage(limit);
  const store = createStore(() => storage, 'p:');
  let evicted = 0;
  const queue = createQueue(
    store,
    () => 1000,
    () => {
      evicted++;
      storage.removeItem('p:bundle');
    },
  );
  return { storage, store, queue, evicted: () => evicted };
}

describe('queue', () => {
  test('keeps order and survives a reload', () => {
    const { storage, queue } = fresh();
    for (const name of ['a', 'b', 'c']) queue.add(name);
    const reloaded = createQueue(
      createStore(() => storage, 'p:'),
      () => 2000,
      () => {},
    );
    reloaded.add('d');
    expect(reloaded.list().map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('drops the oldest beyond 500 events and counts them once', () => {
    const { queue } = fresh();
    for (let index = 0; index < bounds.events + 7; index++) queue.add(`event ${index}`);
    expect(queue.list()).toHaveLength(bounds.events);
    expect(queue.list()[0]?.text).toBe('event 7');
    expect(queue.takeLosses()).toBe(7);
    expect(queue.takeLosses()).toBe(0);
  });

  test('drops the oldest beyond 256 KiB', () => {
    const event = (key: number) => ({ key: String(key), text: 'x'.repeat(1024) });
    const events = Array.from({ length: 300 }, (_, index) => event(index));
    expect(overflow(events)).toHaveLength(300 - 256);
    expect(overflow(events)[0]?.key).toBe('0');
    expect(overflow([])).toEqual([]);
  });

  test('refuses one huge event and says that it is lost', () => {
    const { queue } = fresh();
    queue.add('x'.repeat(bounds.oneEvent + 1));
    expect(queue.list()).toEqual([]);
    expect(queue.takeLosses()).toBe(1);
  });

  test('53: at the quota the oldest events go, and the new one is kept', () => {
    const { queue } = fresh(3000);
    for (let index = 0; index < 20; index++) queue.add(`${index}:${'x'.repeat(120)}`);
    expect(queue.list().at(-1)?.text.startsWith('19:')).toBe(true);
    expect(queue.list()[0]?.text.startsWith('0:')).toBe(false);
    expect(queue.takeLosses()).toBeGreaterThan(0);
  });

  test('53: when no older events can make room, the content cache does', () => {
    const { storage, queue, evicted } = fresh(1700);
    storage.setItem('p:bundle', 'b'.repeat(1600));
    queue.add('x'.repeat(120));
    expect(evicted()).toBe(1);
    expect(storage.getItem('p:bundle')).toBeNull();
    expect(queue.list()).toHaveLength(1);
    expect(queue.takeLosses()).toBe(0);
  });

  test('52: works in memory when storage throws on access', () => {
    const store = createStore(() => {
      throw new Error('SecurityError');
    }, 'p:');
    const queue = createQueue(
      store,
      () => 1,
      () => {},
    );
    queue.add('a');
    expect(queue.list().map(({ text }) => text)).toEqual(['a']);
    queue.remove(queue.list());
    expect(queue.list()).toEqual([]);
  });
});
