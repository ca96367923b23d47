import { sampleEntries } from '@gangway/product/ports/event-log/sample-entry.contract.ts';
import { describe, expect, test } from 'vitest';
import { RecentBatches, type Sized } from './recent-batches.ts';

const sized = (position: number, { partition = 0, size = 10 } = {}): Sized => ({ batch: { partition, position, entries: [] }, size });
const nothing = async () => [];
const positions = async (
  recent: RecentBatches,
  after: number,
  { limit = 10, partition = 0, read = nothing as () => Promise<Sized[]> } = {},
) => (await recent.after({ partition, after, limit }, read)).map(({ position }) => position);

describe('the batches of a log that are at hand', () => {
  test('follow a position as far as there is no gap, and as many as are wanted', async () => {
    const recent = new RecentBatches(100);
    for (const position of [4, 5, 6, 8]) recent.appended(sized(position));
    expect(await positions(recent, 3)).toEqual([4, 5, 6]);
    expect(await positions(recent, 4, { limit: 1 })).toEqual([5]);
    expect(await positions(recent, 2)).toEqual([]);
    expect(await positions(recent, 6)).toEqual([]);
    expect(await positions(recent, 8)).toEqual([]);
  });

  test('go from those that came first on when they are more than may be kept, also one that alone is', async () => {
    const recent = new RecentBatches(25);
    for (const position of [1, 2, 3]) recent.appended(sized(position));
    expect(await positions(recent, 0)).toEqual([]);
    expect(await positions(recent, 1)).toEqual([2, 3]);
    recent.appended(sized(4, { size: 26 }));
    expect(await positions(recent, 3)).toEqual([]);
    recent.appended(sized(5, { size: 5 }));
    expect(await positions(recent, 4)).toEqual([5]);
  });

  test('that somebody has yet to read are not given up for those that came after them', async () => {
    const recent = new RecentBatches(25);
    expect(await positions(recent, 1)).toEqual([]);
    for (const position of [2, 3, 4]) recent.appended(sized(position));
    expect(await positions(recent, 1)).toEqual([2, 3]);
    expect(await positions(recent, 2)).toEqual([3]);
    recent.appended(sized(5));
    expect(await positions(recent, 2)).toEqual([3]);
    expect(await positions(recent, 4)).toEqual([5]);
  });

  test('are as many as bring enough entries, and one at least', async () => {
    const recent = new RecentBatches(100);
    const entries = sampleEntries('e', 2).map((entry) => ({ ...entry, at: 1 }));
    for (const position of [1, 2, 3]) recent.appended({ batch: { partition: 0, position, entries }, size: 10 });
    const upTo = async (enough: number) =>
      (await recent.after({ partition: 0, after: 0, limit: 10, enough }, nothing)).map(({ position }) => position);
    expect(await upTo(1)).toEqual([1]);
    expect(await upTo(2)).toEqual([1]);
    expect(await upTo(3)).toEqual([1, 2]);
    expect(await upTo(100)).toEqual([1, 2, 3]);
  });

  test('what one reader had read is there for the next', async () => {
    const recent = new RecentBatches(100);
    expect(await positions(recent, 6, { read: async () => [sized(7), sized(8)] })).toEqual([7, 8]);
    const again = async () => {
      throw new Error('read again');
    };
    expect(await positions(recent, 6, { read: again })).toEqual([7, 8]);
  });

  test('what was replaced while it was read is not kept as it was', async () => {
    const recent = new RecentBatches(100);
    const replaced = async () => {
      recent.forget(0, 7);
      return [sized(7)];
    };
    expect(await positions(recent, 6, { read: replaced })).toEqual([7]);
    expect(await positions(recent, 6)).toEqual([]);
  });

  test('the newest are not kept while everybody who reads is far behind', async () => {
    const recent = new RecentBatches(100);
    recent.appended(sized(5_000));
    expect(await positions(recent, 4_999)).toEqual([]);
    recent.appended(sized(5_001));
    expect(await positions(recent, 5_000)).toEqual([5_001]);
  });

  test('are forgotten one by one, and each partition has its own', async () => {
    const recent = new RecentBatches(100);
    for (const position of [1, 2]) for (const partition of [0, 1]) recent.appended(sized(position, { partition }));
    recent.forget(0, 2);
    expect(await positions(recent, 0)).toEqual([1]);
    expect(await positions(recent, 0, { partition: 1 })).toEqual([1, 2]);
  });

  test('none are kept where none may be', async () => {
    const recent = new RecentBatches(0);
    recent.appended(sized(1));
    expect(await positions(recent, 0)).toEqual([]);
  });
});
