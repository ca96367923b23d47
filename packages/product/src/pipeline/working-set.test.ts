import { expect, test } from 'vitest';
import { openDoor } from '../kernel/door.ts';
import type { LoggedEntry } from '../kernel/entry.ts';
import type { Table, Tx } from '../ports/db/db.ts';
import { createMemoryDb } from '../ports/db/memory-db.ts';
import { acceptBatch } from './accept.ts';
import { IdentityMemory } from './identity-memory.ts';
import { emptyPersonDoc } from './subject-doc.ts';
import { identities, type PersonRow, people } from './tables.ts';
import { createWorkingSet, linkRow, prefetch } from './working-set.ts';

const scope = { workspace: 'w', environment: 'e' };
const now = Date.UTC(2026, 0, 5);

function eventsOf(...users: string[]): LoggedEntry[] {
  const batch = users.map((userId) => ({ type: 'track', event: 'A', userId, messageId: userId }));
  const { events } = acceptBatch({ batch }, { receivedAt: now, key: 'secret', requestId: 'r', door: openDoor });
  return events.map((event) => ({ id: event.messageId, scope, origin: 'source', depth: 0, at: now, body: { what: 'event', event } }));
}

function personOf(id: string, number: number): PersonRow {
  const unnamed = { userId: null, anonymousId: null, name: null, email: null, claimedAt: null, verifiedAt: null, mergedInto: null };
  return { id, number, level: 'server', firstSeen: now, lastSeen: now, doc: emptyPersonDoc, ...unnamed, ...scope };
}

/** The same transaction, and the tables that were asked, in order. */
function watched(tx: Tx): { readonly tx: Tx; readonly asked: string[] } {
  const asked: string[] = [];
  const get = <Row extends object>(table: Table<Row>, keys: readonly Partial<Row>[]) => {
    asked.push(`${table.name} ${keys.length}`);
    return tx.get(table, keys);
  };
  return { tx: new Proxy(tx, { get: (_, name) => (name === 'get' ? get : Reflect.get(tx, name)) }), asked };
}

test('people who are remembered are asked for at once, the others when their ids are known, nobody twice', async () => {
  const db = createMemoryDb();
  await db.transaction({ as: 'system' }, async (tx) => {
    await tx.put(people, [personOf('p_1', 1), personOf('p_2', 2)]);
    await tx.put(identities, [
      { person: 'p_1', ...linkRow(scope, 'user:known') },
      { person: 'p_2', ...linkRow(scope, 'user:other') },
    ]);
  });
  const remembered = new IdentityMemory();
  remembered.learn(1, [{ person: 'p_1', ...linkRow(scope, 'user:known') }]);
  await db.transaction({ as: 'system' }, async (under) => {
    const { tx, asked } = watched(under);
    const set = createWorkingSet(tx);
    const reading = prefetch(set, eventsOf('known', 'other', 'new', 'known', 'other'), remembered);
    expect(asked).toEqual(['identities 2', 'people 1', 'counters 7']);
    await reading;
    expect(asked.slice(3)).toEqual(['people 1']);
    expect([...set.people.rows()].map(({ id }) => id).sort()).toEqual(['p_1', 'p_2']);
    expect(set.identities.get(linkRow(scope, 'user:new'))).toBe(undefined);
  });
});
