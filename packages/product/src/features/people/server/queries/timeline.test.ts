import { expect, test } from 'vitest';
import { createMemoryWarehouse } from '../../../../ports/warehouse/memory-warehouse.ts';
import { sampleWarehouseRow } from '../../../../ports/warehouse/warehouse-history.contract.ts';
import { recentEvents } from './recent-events.ts';
import { timeline } from './timeline.ts';

const scope = 'w_1/production';

async function filled() {
  const warehouse = createMemoryWarehouse();
  const rows = Array.from({ length: 10 }, (_, index) => sampleWarehouseRow({ scope, id: `r${index}`, person: 1 + (index % 2), k: index }));
  await warehouse.write({ partition: 0, position: 1, rows, merges: [] });
  return warehouse;
}

test('pages of a person, newest first', async () => {
  const warehouse = await filled();
  const page = async (before: number) => (await warehouse.run(timeline, { scope, person: 1, before, limit: 3 })).map((row) => row.id);
  expect(await page(Number.MAX_SAFE_INTEGER)).toEqual(['r8', 'r6', 'r4']);
  expect(await page(4)).toEqual(['r2', 'r0']);
  expect(await page(0)).toEqual([]);
});

test('a person who was merged brings their past along', async () => {
  const warehouse = await filled();
  await warehouse.write({ partition: 0, position: 2, rows: [], merges: [{ scope, from: 1, to: 2 }] });
  expect((await warehouse.run(timeline, { scope, person: 2, before: 100, limit: 4 })).map((row) => row.id)).toEqual([
    'r9',
    'r8',
    'r7',
    'r6',
  ]);
  expect(await warehouse.run(timeline, { scope, person: 1, before: 100, limit: 4 })).toEqual([]);
});

test('the newest of an environment, whoever did them', async () => {
  const rows = await (await filled()).run(recentEvents, { scope, limit: 3 });
  expect(rows.map((row) => [row.id, row.person])).toEqual([
    ['r9', 2],
    ['r8', 1],
    ['r7', 2],
  ]);
});
