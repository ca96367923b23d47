import { expect, test } from 'vitest';
import { createMemoryDb } from '../ports/db/memory-db.ts';
import { deduplicationWindow, housekeep } from './housekeep.ts';
import { plainDigest } from './plain-digest.contract.ts';
import { digestOf } from './seen-ids.ts';
import { type SeenEntryRow, type SeenEventRow, seenEntries, seenEvents } from './tables.ts';

test('ids are forgotten when the window has passed, of all environments, a part at a time, and no others', async () => {
  const db = createMemoryDb();
  const clock = { now: () => 10 * deduplicationWindow };
  const scopeOf = (id: string) => ({ workspace: 'w', environment: id.length % 2 === 0 ? 'e' : 'other' });
  const entry = (id: string, age: number): SeenEntryRow => ({ id, at: clock.now() - age, ...scopeOf(id) });
  const event = (id: string, age: number): SeenEventRow => {
    const scope = scopeOf(id);
    return { digest: digestOf({ id, scope }, plainDigest), at: clock.now() - age, content: 1, ...scope };
  };
  const ages = [...Array.from({ length: 2500 }, (_, index) => deduplicationWindow + index), deduplicationWindow - 1, 0];
  await db.transaction({ as: 'system' }, async (tx) => {
    await tx.put(
      seenEntries,
      ages.map((age) => entry(`entry-${age}`, age)),
    );
    await tx.put(
      seenEvents,
      ages.map((age) => event(`event-${age}`, age)),
    );
  });
  const left = () =>
    db.transaction({ as: 'system' }, async (tx) => ({
      entries: (await tx.list(seenEntries, {})).map(({ at }) => clock.now() - at).sort((a, b) => a - b),
      events: (await tx.list(seenEvents, {})).map(({ at }) => clock.now() - at).sort((a, b) => a - b),
    }));
  expect(await housekeep({ db, clock })).toBe(true);
  const [first, young] = [await left(), [0, deduplicationWindow - 1]];
  expect(Math.min(first.entries.length, first.events.length)).toBeGreaterThan(young.length);
  while (await housekeep({ db, clock }));
  expect(await left()).toEqual({ entries: young, events: young });
  expect(await housekeep({ db, clock })).toBe(false);
});
