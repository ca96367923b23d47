import { expect, test } from 'vitest';
import { createWokenWork } from './woken-work.ts';

/** Looks that end when the test says so. */
function heldLooks() {
  const ends: ((error?: unknown) => void)[] = [];
  const look = () =>
    new Promise<void>((resolve, reject) => {
      ends.push((error) => (error === undefined ? resolve() : reject(error)));
    });
  return { ends, look };
}
const turns = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

test('however often it is woken while it looks, it looks once more; a fault is told and ends nothing', async () => {
  const { ends, look } = heldLooks();
  const told: unknown[] = [];
  const work = createWokenWork(look, (error) => told.push(error));
  for (let times = 0; times < 3; times++) work.wake();
  expect(ends).toHaveLength(1);
  ends[0]?.('down');
  await turns();
  expect([ends.length, told]).toEqual([2, ['down']]);
  ends[1]?.();
  await turns();
  expect(ends).toHaveLength(2);
  work.wake();
  await turns();
  expect(ends).toHaveLength(3);
});

test('stopping waits for the look that is under way, and nothing looks after it', async () => {
  const { ends, look } = heldLooks();
  const work = createWokenWork(look, () => undefined);
  work.wake();
  work.wake();
  let stopped = false;
  const stopping = work.stop().then(() => {
    stopped = true;
  });
  await turns();
  expect([work.stopped, stopped]).toEqual([true, false]);
  ends[0]?.();
  await stopping;
  work.wake();
  await turns();
  expect(ends).toHaveLength(1);
});
