import { expect, test } from 'vitest';
import { batchBody, bodiesOf, bodyLimit, judge } from './delivery.ts';
import { bounds, createQueue } from './queue.ts';
import { createStore } from './storage.ts';
import { fakeStorage } from './testing/fake-storage.ts';

test('59 of the list for servers: refused for hours, the queue stays bounded, says what it lost, and leaves in small bodies', () => {
  const storage = fakeStorage();
  const queue = createQueue(
    createStore(() => storage, 'p:'),
    () => 1000,
    () => undefined,
  );
  let [attempt, now] = [0, 1e12];
  let waited = 0;
  for (let count = 0; count < bounds.events + 250; count++) {
    queue.add(JSON.stringify({ count, filler: 'x'.repeat(300) }));
    const status = [429, 503, 0][count % 3] ?? 0;
    const verdict = judge({ status, retryAfter: status === 429 ? '20' : null }, attempt++, 1, now);
    expect(verdict.events).toBe('kept');
    const wait = verdict.events === 'kept' ? (verdict.waitMs ?? 0) : 0;
    expect(wait).toBeGreaterThanOrEqual(status === 429 ? 20_000 : Math.min(waited, 300_000));
    waited = status === 429 ? waited : wait;
    now += wait;
  }
  expect(waited).toBe(300_000);
  const kept = queue.list();
  expect(kept.length + queue.takeLosses()).toBe(bounds.events + 250);
  expect(kept.length).toBeLessThanOrEqual(bounds.events);
  expect(JSON.parse(kept.at(-1)?.text ?? '')).toMatchObject({ count: bounds.events + 249 });
  const bytes = (text: string) => Buffer.byteLength(text);
  const from = { writeKey: 'wk', token: 't'.repeat(4096) };
  for (const { events } of bodiesOf(kept, () => 'ada', bytes)) {
    expect(bytes(batchBody(from, events, now))).toBeLessThan(Math.min(65_536, bodyLimit + 1));
  }
  // An answer of 200 is an acknowledgement whatever its body says: the server answers when all is on disk.
  expect(judge({ status: 200 }, attempt, 1, now)).toEqual({ events: 'delivered' });
});
