import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { refreshAnswers } from './refresh-answers.ts';

const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } });
const everything = () => true;
let asked: { readonly signal: AbortSignal; readonly answer: (count: number) => void }[];
let leave: () => void;
let shown: () => number | undefined;

beforeEach(async () => {
  asked = [];
  const observer = new QueryObserver<number>(cache, {
    queryKey: ['report'],
    queryFn: ({ signal }) => new Promise((answer) => asked.push({ signal, answer })),
  });
  leave = observer.subscribe(() => undefined);
  shown = () => observer.getCurrentResult().data;
  asked[0]?.answer(1);
  await vi.waitFor(() => expect(shown()).toBe(1));
});
afterEach(() => {
  leave();
  cache.clear();
});

test('an answer on its way is not ended by further events, and is asked for once more when it has come', async () => {
  refreshAnswers(cache, everything);
  refreshAnswers(cache, everything);
  refreshAnswers(cache, everything);
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]?.signal.aborted).toBe(false);
  asked[1]?.answer(2);
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  expect(shown()).toBe(2);
  asked[2]?.answer(3);
  await vi.waitFor(() => expect(shown()).toBe(3));
  expect(asked).toHaveLength(3);
});

test('only what is meant is asked for', async () => {
  refreshAnswers(cache, ([name]) => name !== 'report');
  await Promise.resolve();
  expect(asked).toHaveLength(1);
});
