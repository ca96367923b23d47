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

test('a look that wakes before it first waits is followed by one more, not joined by it', async () => {
  const { ends, look } = heldLooks();
  const work = createWokenWork(
    () => {
      if (ends.length === 0) work.wake();
      return look();
    },
    () => undefined,
  );
  work.wake();
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await turns();
  expect(ends).toHaveLength(2);
  let stopped = false;
  const stopping = work.stop().then(() => {
    stopped = true;
  });
  await turns();
  expect(stopped).toBe(false);
  ends[1]?.();
  await stopping;
});

test('a report that throws ends nothing, and neither does a look that throws at once', async () => {
  let looks = 0;
  const work = createWokenWork(
    () => {
      looks++;
      throw new Error('down');
    },
    () => {
      throw new Error('the disk is full');
    },
  );
  for (const expected of [1, 2, 3]) {
    work.wake();
    await turns();
    expect(looks).toBe(expected);
  }
  await work.stop();
});
