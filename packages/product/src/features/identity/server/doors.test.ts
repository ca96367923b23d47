import { expect, it } from 'vitest';
import type { LinkKey } from '../../../kernel/link-key.ts';
import type { Db } from '../../../ports/db/db.ts';
import { createMemoryDb } from '../../../ports/db/memory-db.ts';
import { createDoors, doorLife, tombstoneHash } from './doors.ts';
import { type TombstoneRow, tombstones } from './tables.ts';

const scope = { workspace: 'w', environment: 'e' };
const keyedDigest = (text: string) => `digest of ${text}`;
const needs = { keyedDigest, unseal: (text: string) => text };

/** A store that notes how many tombstones each reading gave. */
function createCountingDb(): { db: Db; read: number[] } {
  const [db, read]: [Db, number[]] = [createMemoryDb(), []];
  const counting: Db = {
    ...db,
    transaction: (access, work) =>
      db.transaction(access, (tx) =>
        work({
          ...{ lock: tx.lock.bind(tx), get: tx.get.bind(tx), put: tx.put.bind(tx) },
          ...{ insertNew: tx.insertNew.bind(tx), remove: tx.remove.bind(tx), removeListed: tx.removeListed.bind(tx) },
          list: async (table, selection) => {
            const rows = await tx.list(table, selection);
            if (table.name === tombstones.name) read.push(rows.length);
            return rows;
          },
        }),
      ),
  };
  return { db: counting, read };
}

it('a door knows every deleted id, and reads only those that came since: whatever the clocks of other servers said', async () => {
  const { db, read } = createCountingDb();
  const clock = { time: 1_000_000, now: () => clock.time };
  const { door, forget } = createDoors({ ...needs, db, clock });
  const shut = (row: Pick<TombstoneRow, 'at' | 'number'>, ...links: LinkKey[]) =>
    db.transaction({ as: 'system' }, (tx) =>
      tx.put(
        tombstones,
        links.map((link) => ({ ...scope, hash: tombstoneHash(needs, scope, link), erasure: 'er', refused: 0, ...row })),
      ),
    );
  const erased = async (...links: LinkKey[]) => {
    const { erased: gone } = await door(scope);
    return links.map(gone);
  };
  expect(await erased('user:a')).toEqual([false]);
  await shut({ at: 900_000, number: 0 }, 'user:a', 'anonymous:a');
  clock.time += doorLife;
  expect(await erased('user:a', 'anonymous:a', 'user:b')).toEqual([true, true, false]);
  await shut({ at: 100, number: 1 }, 'user:b');
  forget(scope);
  expect(await erased('user:a', 'anonymous:a', 'user:b')).toEqual([true, true, true]);
  await shut({ at: 9_000_000, number: 2 }, 'user:c');
  await shut({ at: 200, number: 3 }, 'user:d');
  clock.time += doorLife;
  expect(await erased('user:a', 'user:b', 'user:c', 'user:d', 'user:e')).toEqual([true, true, true, true, false]);
  clock.time += doorLife;
  expect(await erased('user:a', 'user:d')).toEqual([true, true]);
  expect(read).toEqual([0, 2, 1, 2, 0]);
});
