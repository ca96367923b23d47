import { expect, test } from 'vitest';
import { createMemoryDb } from '../ports/db/memory-db.ts';
import { deduplicationWindow, housekeep } from './housekeep.ts';
import { type SeenRow, seen } from './tables.ts';

test('ids are forgotten when the window has passed, of all environments, a part at a time, and no others', async () => {
  const db = createMemoryDb();
  const clock = { now: () => 10 * deduplicationWindow };
  const row = (id: string, age: number): SeenRow => ({
    ...{ workspace: 'w', environment: id.length % 2 === 0 ? 'e' : 'other' },
    ...{ id, at: clock.now() - age, content: 1 },
  });
  const old = Array.from({ length: 2500 }, (_, index) => row(`old-${index}`, deduplicationWindow + index));
  const kept = [row('young', 0), row('just', deduplicationWindow - 1)];
  await db.transaction({ as: 'system' }, (tx) => tx.put(seen, [...old, ...kept]));
  const left = () => db.transaction({ as: 'system' }, (tx) => tx.list(seen, { orderBy: ['id'] }));
  expect(await housekeep({ db, clock })).toBe(true);
  expect((await left()).length).toBeGreaterThan(kept.length);
  while (await housekeep({ db, clock }));
  expect((await left()).map(({ id }) => id)).toEqual(['just', 'young']);
  expect(await housekeep({ db, clock })).toBe(false);
});
