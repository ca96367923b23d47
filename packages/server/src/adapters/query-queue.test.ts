import { expect, test } from 'vitest';
import { QueryQueue } from './query-queue.ts';

const limits = { atOnce: 1, waiting: 1, time: 60_000 };

/** Work that ends when it is told to, or when its signal says so. */
function makeWork() {
  const seen: AbortSignal[] = [];
  let end = () => {};
  const ended = new Promise<string>((resolve) => {
    end = () => resolve('done');
  });
  const run = (signal: AbortSignal) => {
    seen.push(signal);
    const interrupted = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('interrupted'))));
    return Promise.race([ended, interrupted]);
  };
  return { run, seen, end };
}

test('one waits for its turn, one more is refused', async () => {
  const queue = new QueryQueue(limits);
  const [first, second] = [makeWork(), makeWork()];
  const answers = [queue.run(first.run), queue.run(second.run)];
  await expect(queue.run(makeWork().run)).rejects.toMatchObject({ code: 'queries_busy', status: 503 });
  expect(queue.load).toEqual({ running: 1, waiting: 1 });
  expect(second.seen).toEqual([]);
  first.end();
  second.end();
  expect(await Promise.all(answers)).toEqual(['done', 'done']);
  expect(queue.load).toEqual({ running: 0, waiting: 0 });
});

test('who goes while waiting is never asked', async () => {
  const queue = new QueryQueue(limits);
  const [first, second] = [makeWork(), makeWork()];
  const asker = new AbortController();
  const answer = queue.run(first.run);
  const waiting = queue.run(second.run, asker.signal);
  asker.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'query_left' });
  first.end();
  await answer;
  expect(second.seen).toEqual([]);
  await expect(queue.run(second.run, asker.signal)).rejects.toMatchObject({ code: 'query_left' });
  expect(queue.load).toEqual({ running: 0, waiting: 0 });
});

test('what runs is ended when its asker goes, and when its time is over', async () => {
  const asker = new AbortController();
  const gone = new QueryQueue(limits).run(makeWork().run, asker.signal);
  await Promise.resolve();
  asker.abort();
  await expect(gone).rejects.toMatchObject({ code: 'query_left' });
  const queue = new QueryQueue({ ...limits, time: 1 });
  await expect(queue.run(makeWork().run)).rejects.toMatchObject({ code: 'query_too_long', status: 422 });
  expect(queue.load).toEqual({ running: 0, waiting: 0 });
});

test('what fails by itself fails with its own words, and the next one gets its turn', async () => {
  const queue = new QueryQueue(limits);
  await expect(queue.run(() => Promise.reject(new Error('no such table')))).rejects.toThrow('no such table');
  expect(await queue.run(async () => 'next')).toBe('next');
});
