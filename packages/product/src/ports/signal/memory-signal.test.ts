import { expect, test } from 'vitest';
import { createMemorySignal } from './memory-signal.ts';
import { describeSignalContract } from './signal.contract.ts';

describeSignalContract('memory', async () => {
  const reported: unknown[] = [];
  const signal = createMemorySignal((error) => reported.push(error));
  return { here: signal, there: signal, reported, close: () => signal.close() };
});

test('after closing nobody hears anything', async () => {
  const signal = createMemorySignal();
  const got: number[] = [];
  signal.subscribe('log', ({ partition }) => got.push(partition));
  await signal.close();
  signal.publish('log', { partition: 1 });
  expect(got).toEqual([]);
});
