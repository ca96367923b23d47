import { expect, test } from 'vitest';
import { describeDbContract } from './db.contract.ts';
import { createMemoryDb, createMemoryDisk } from './memory-db.ts';
import { counters, samples, tableFacts } from './test-tables.contract.ts';

describeDbContract('memory', async () => createMemoryDb());

test('the disk outlives the database', async () => {
  const disk = createMemoryDisk();
  await createMemoryDb(disk).transaction({ as: 'system' }, (tx) => tx.put(counters, [{ id: 'a', count: 7 }]));
  const again = createMemoryDb(disk);
  expect(await again.transaction({ as: 'system' }, (tx) => tx.get(counters, [{ id: 'a' }]))).toEqual([{ id: 'a', count: 7 }]);
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
