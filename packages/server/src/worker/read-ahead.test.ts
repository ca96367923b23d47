import type { LogBatch } from '@gangway/product/ports/event-log/event-log.ts';
import { expect, test } from 'vitest';
import { readAhead } from './read-ahead.ts';

const scope = { workspace: 'w', environment: 'e' };

/** A log of batches of so many entries, that notes where it was read. */
function logOf(sizes: number[]) {
  const reads: number[] = [];
  const batch = (position: number): LogBatch => ({
    partition: 0,
    position,
    entries: Array.from({ length: sizes[position - 1] ?? 0 }, (_, index) => ({
      ...{
        id: `${position}/${index}`,
        scope,
        origin: 'source',
        depth: 0,
        at: 1,
        body: { what: 'wake', subject: { kind: 'person', id: 'p' }, due: 1 },
      },
    })) as LogBatch['entries'],
  });
  const log = {
    partitions: 1,
    read: async (_: number, after: number, limit: number, enough = Number.POSITIVE_INFINITY) => {
      reads.push(after);
      const found: LogBatch[] = [];
      for (let [next, entries] = [after + 1, 0]; next <= sizes.length && found.length < limit && entries < enough; next++) {
        found.push(batch(next));
        entries += sizes[next - 1] ?? 0;
      }
      return found;
    },
  };
  return { log, reads, sizes };
}

const positions = (batches: readonly LogBatch[]) => batches.map(({ position }) => position);

test('a reader that is behind finds the next batches read already', async () => {
  const { log, reads } = logOf([5, 5, 5, 5, 5]);
  const ahead = readAhead(log);
  expect(positions(await ahead.read(0, 0, 50, 10))).toEqual([1, 2]);
  expect(reads).toEqual([0, 2]);
  expect(positions(await ahead.read(0, 2, 50, 10))).toEqual([3, 4]);
  expect(positions(await ahead.read(0, 4, 50, 10))).toEqual([5]);
  expect(reads).toEqual([0, 2, 4]);
});

test('a reader that keeps up is given what is there when it asks', async () => {
  const { log, reads, sizes } = logOf([5]);
  const ahead = readAhead(log);
  expect(positions(await ahead.read(0, 0, 50, 10))).toEqual([1]);
  sizes.push(1, 1);
  expect(positions(await ahead.read(0, 1, 50, 10))).toEqual([2, 3]);
  expect(reads).toEqual([0, 1]);
});

test('what came behind a full read is found, though the read ahead of it had come to the end', async () => {
  const { log, sizes } = logOf([10]);
  const ahead = readAhead(log);
  await ahead.read(0, 0, 50, 10);
  await Promise.resolve();
  sizes.push(1);
  expect(positions(await ahead.read(0, 1, 50, 10))).toEqual([2]);
});

test('what was read ahead is for the very same question', async () => {
  const { log, reads } = logOf([5, 5, 5]);
  const ahead = readAhead(log);
  await ahead.read(0, 0, 50, 5);
  expect(positions(await ahead.read(0, 0, 50, 5))).toEqual([1]);
  expect(reads).toEqual([0, 1, 0, 1]);
});

test('a read that failed ahead fails when it is asked for, and is tried anew after that', async () => {
  const { log } = logOf([5, 5, 5]);
  let broken = true;
  const ahead = readAhead({
    partitions: 1,
    read: (...asked) => (asked[1] === 1 && broken ? Promise.reject(new Error('gone')) : log.read(...asked)),
  });
  await ahead.read(0, 0, 50, 5);
  await expect(ahead.read(0, 1, 50, 5)).rejects.toThrow('gone');
  broken = false;
  expect(positions(await ahead.read(0, 1, 50, 5))).toEqual([2]);
});
