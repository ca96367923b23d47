import { expect, test } from 'vitest';
import { createQueue } from './queue.ts';
import { createReach } from './reach.ts';
import { createStore } from './storage.ts';
import { fakeStorage } from './testing/fake-storage.ts';
import { Transport } from './transport.ts';

test('a send reads each event once, cuts by the user that its text names, and empties the queue', async () => {
  const storage = fakeStorage();
  const reads: string[] = [];
  const counted = new Proxy(storage, {
    get(from, name) {
      if (name !== 'getItem') return Reflect.get(from, name);
      return (key: string) => {
        reads.push(key);
        return from.getItem(key);
      };
    },
  });
  const store = createStore(() => counted, 'p:');
  const queue = createQueue(
    store,
    () => 1000,
    () => undefined,
  );
  const sent: { context?: { gangwayToken: string }; batch: object[] }[] = [];
  const transport = new Transport({
    writeKey: 'wk',
    queue,
    store,
    reach: createReach(),
    post: async (_path, body) => {
      sent.push(JSON.parse(body));
      return new Response('{}');
    },
    lock: (_name, held) => {
      queueMicrotask(held);
      return () => undefined;
    },
    token: (userId) => userId && `token of ${userId}`,
    lost: () => undefined,
  });
  for (const event of [{ n: 1 }, { n: 2, userId: 'ada' }, { n: 3 }, { n: 4, userId: 'bob' }]) queue.add(JSON.stringify(event));
  reads.length = 0;
  await transport.flush();
  expect(sent.map(({ context, batch }) => [context?.gangwayToken, batch.length])).toEqual([
    ['token of ada', 3],
    ['token of bob', 1],
  ]);
  const ofEvents = reads.filter((key) => key.startsWith('p:event:'));
  expect([ofEvents.length, new Set(ofEvents).size]).toEqual([4, 4]);
  expect(queue.list()).toEqual([]);
});
