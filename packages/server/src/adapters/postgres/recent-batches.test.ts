import { describe, expect, test } from 'vitest';
import { RecentBatches } from './recent-batches.ts';

const batch = (position: number, partition = 0) => ({ partition, position, entries: [] });
const positions = (recent: RecentBatches, after: number, limit = 10, partition = 0) =>
  recent.after(partition, after, limit).map(({ position }) => position);

describe('the newest batches of a log', () => {
  test('follow a position as far as there is no gap, and as many as are wanted', () => {
    const recent = new RecentBatches(100);
    for (const position of [4, 5, 6, 8]) recent.add(batch(position), 10);
    expect(positions(recent, 3)).toEqual([4, 5, 6]);
    expect(positions(recent, 4, 1)).toEqual([5]);
    expect(positions(recent, 2)).toEqual([]);
    expect(positions(recent, 6)).toEqual([]);
    expect(positions(recent, 8)).toEqual([]);
  });

  test('go from the oldest on when they are more than may be kept, also the newest when it alone is', () => {
    const recent = new RecentBatches(25);
    for (const position of [1, 2, 3]) recent.add(batch(position), 10);
    expect(positions(recent, 0)).toEqual([]);
    expect(positions(recent, 1)).toEqual([2, 3]);
    recent.add(batch(4), 26);
    expect(positions(recent, 3)).toEqual([]);
    recent.add(batch(5), 5);
    expect(positions(recent, 4)).toEqual([5]);
  });

  test('are forgotten one by one, and each partition has its own', () => {
    const recent = new RecentBatches(100);
    for (const position of [1, 2]) for (const partition of [0, 1]) recent.add(batch(position, partition), 10);
    recent.forget(0, 2);
    expect(positions(recent, 0)).toEqual([1]);
    expect(positions(recent, 0, 10, 1)).toEqual([1, 2]);
  });

  test('none are kept where none may be', () => {
    const recent = new RecentBatches(0);
    recent.add(batch(1), 10);
    expect(positions(recent, 0)).toEqual([]);
  });
});
