import { array, assert, asyncProperty, integer } from 'fast-check';
import { expect, test } from 'vitest';
import { sampleWarehouseRow } from '../../../ports/warehouse/warehouse-history.contract.ts';
import { readTimelinePage } from './timeline-page.ts';

const start = Number.MAX_SAFE_INTEGER;

/** A store with rows of these keys, newest first. */
function storeOf(keys: readonly number[]) {
  const rows = keys.map((k, index) => sampleWarehouseRow({ scope: 'w/e', id: String(index), k })).sort((a, b) => b.k - a.k);
  const read = async (before: number, limit: number) => rows.filter(({ k }) => k < before).slice(0, limit);
  return { rows, read };
}

test('page by page, every row comes once, however many share a key', async () => {
  await assert(
    asyncProperty(array(integer({ min: 0, max: 12 }), { maxLength: 40 }), integer({ min: 1, max: 6 }), async (keys, size) => {
      const { rows, read } = storeOf(keys);
      const seen: string[] = [];
      for (let before: number | null = start; before !== null; ) {
        const page = await readTimelinePage(read, { before, size });
        seen.push(...page.rows.map(({ id }) => id));
        before = page.next;
      }
      expect(seen).toEqual(rows.map(({ id }) => id));
    }),
  );
});

test('a page that holds all is the last', async () => {
  const { read } = storeOf([3, 2, 1]);
  expect(await readTimelinePage(read, { before: start, size: 3 })).toMatchObject({ next: null, rows: [{ k: 3 }, { k: 2 }, { k: 1 }] });
  expect((await readTimelinePage(read, { before: start, size: 2 })).next).toBe(2);
});
