import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startLoop } from './loop.ts';

const hour = 3_600_000;

it('a loop runs while there is work, then waits until it is kicked', async () => {
  let [work, runs] = [3, 0];
  const step = async () => {
    runs++;
    return work-- > 0;
  };
  const loop = startLoop({ name: 'test', interval: hour, step, report: () => undefined });
  await expect.poll(() => runs).toBe(4);
  work = 1;
  loop.kick();
  await expect.poll(() => runs).toBe(6);
  await loop.stop();
});

it('a kick that comes while the step runs is not lost', async () => {
  let runs = 0;
  const loop = startLoop({
    name: 'test',
    interval: hour,
    step: async () => {
      runs++;
      await sleep(30);
      return false;
    },
    report: () => undefined,
  });
  await sleep(5);
  loop.kick();
  await expect.poll(() => runs).toBe(2);
  await loop.stop();
});

it('a step that throws is reported and tried again', async () => {
  const reports: string[] = [];
  let runs = 0;
  const step = async () => {
    if (++runs <= 2) throw new Error('the store is down');
    return false;
  };
  const loop = startLoop({ name: 'apply 0', interval: hour, step, report: (error, name) => reports.push(`${name}: ${String(error)}`) });
  await expect.poll(() => runs).toBe(3);
  expect(reports).toEqual(['apply 0: Error: the store is down', 'apply 0: Error: the store is down']);
  await loop.stop();
});

it('stopping waits for the step that runs, and nothing runs afterwards', async () => {
  let [running, runs] = [false, 0];
  const step = async () => {
    [running, runs] = [true, runs + 1];
    await sleep(40);
    running = false;
    return true;
  };
  const loop = startLoop({ name: 'test', interval: 1, step, report: () => undefined });
  await sleep(10);
  await loop.stop();
  const after = runs;
  expect(running).toBe(false);
  await sleep(60);
  expect(runs).toBe(after);
});
