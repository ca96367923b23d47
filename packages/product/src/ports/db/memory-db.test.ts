import { expect, test } from 'vitest';
import { describeDbContract } from './db.contract.ts';
import { createMemoryDb, createMemoryDisk, loseLate } from './memory-db.ts';
import { counters, samples, tableFacts } from './test-tables.contract.ts';

describeDbContract('memory', async () => createMemoryDb());

test('the disk outlives the database', async () => {
  const disk = createMemoryDisk();
  await createMemoryDb(disk).transaction({ as: 'system' }, (tx) => tx.put(counters, [{ id: 'a', count: 7 }]));
  const again = createMemoryDb(disk);
  expect(await again.transaction({ as: 'system' }, (tx) => tx.get(counters, [{ id: 'a' }]))).toEqual([{ id: 'a', count: 7 }]);
});

test('a dying machine takes the last commits along that did not wait for the disk, and none before one that did', async () => {
  const disk = createMemoryDisk();
  const db = createMemoryDb(disk);
  const write = (rows: Record<string, number>, redoable: boolean) =>
    db.transaction({ as: 'system', redoable }, (tx) =>
      tx.put(
        counters,
        Object.entries(rows).map(([id, count]) => ({ id, count })),
      ),
    );
  const read = async () => {
    const rows = await db.transaction({ as: 'system' }, (tx) => tx.list(counters, { orderBy: ['id'] }));
    return Object.fromEntries(rows.map(({ id, count }) => [id, count]));
  };
  await write({ a: 1 }, true);
  await write({ b: 1 }, false);
  await write({ a: 2 }, true);
  await write({ a: 3, c: 3 }, true);
  expect(await read()).toEqual({ a: 3, b: 1, c: 3 });
  loseLate(disk, 1);
  expect(await read()).toEqual({ a: 2, b: 1 });
  await write({ a: 4 }, true);
  loseLate(disk, 9);
  expect(await read()).toEqual({ a: 2, b: 1 });
});

test('the facts of a declaration', () => {
  expect(tableFacts(counters)).toEqual({
    name: 'contract_counters',
    columns: [
      { name: 'id', type: 'text', nullable: false },
      { name: 'count', type: 'integer', nullable: true },
    ],
    key: ['id'],
    tenant: [],
  });
  expect(tableFacts(samples).tenant).toEqual(['workspace', 'environment']);
});
