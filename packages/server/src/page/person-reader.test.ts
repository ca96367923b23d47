import type { Scope } from '@gangway/product/kernel/scope.ts';
import { emptyPersonDoc } from '@gangway/product/pipeline/subject-doc.ts';
import { identities, type PersonRow, people } from '@gangway/product/pipeline/tables.ts';
import type { Db } from '@gangway/product/ports/db/db.ts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createPostgresDb } from '../adapters/postgres/postgres-db.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createPersonReader, type PersonReader } from './person-reader.ts';

const statements = { count: 0 };
let database: TestDatabase;
let db: Db;
let reader: PersonReader;
beforeAll(async () => {
  database = await createTestDatabase();
  db = createPostgresDb(database.pool, statements);
  reader = createPersonReader(db);
  for (const scope of [here, there]) {
    await insert(scope, { id: 'p_1', userId: 'ada', anonymousId: 'device-1' });
    await insert(scope, { id: 'p_2', userId: null, anonymousId: 'device-2' });
  }
});
beforeEach(() => {
  statements.count = 0;
});
afterAll(() => database.drop());

const here: Scope = { workspace: 'w', environment: 'here' };
const there: Scope = { workspace: 'w', environment: 'there' };

async function insert(scope: Scope, { id, userId, anonymousId }: Pick<PersonRow, 'id' | 'userId' | 'anonymousId'>): Promise<void> {
  const links = [
    { ...scope, kind: 'anonymous' as const, value: anonymousId ?? '', person: id },
    ...(userId === null ? [] : [{ ...scope, kind: 'user' as const, value: userId, person: id }]),
  ];
  const person: PersonRow = {
    ...{ ...scope, id, number: Number(id.slice(2)), userId, anonymousId, name: scope.environment, email: null, level: 'claimed' },
    ...{ firstSeen: 0, lastSeen: 0, claimedAt: null, verifiedAt: null, mergedInto: null, doc: emptyPersonDoc },
  };
  await db.transaction({ as: 'system' }, async (tx) => {
    await tx.put(identities, links);
    await tx.put(people, [person]);
  });
}
const found = async (scope: Scope, anonymousId: string, userId?: string) => {
  const row = await reader.find(scope, { anonymousId, ...(userId === undefined ? {} : { userId }) });
  return row && `${row.environment} ${row.id}`;
};

it('a page is whom its user id names, else whom its device does unless that is somebody else', async () => {
  expect(await found(here, 'device-1', 'ada')).toBe('here p_1');
  expect(await found(here, 'device-2', 'ada')).toBe('here p_1');
  expect(await found(here, 'device-1')).toBe('here p_1');
  expect(await found(here, 'device-2', 'new')).toBe('here p_2');
  expect(await found(here, 'device-1', 'new')).toBeUndefined();
  expect(await found(here, 'unknown')).toBeUndefined();
});

it('pages that ask at once share two statements, each environment for itself, and each gets its own person', async () => {
  const asked = [found(here, 'device-1'), found(here, 'device-2'), found(here, 'no'), found(here, 'x', 'ada'), found(here, 'device-1')];
  expect(await Promise.all(asked)).toEqual(['here p_1', 'here p_2', undefined, 'here p_1', 'here p_1']);
  expect(statements.count).toBe(2);
  expect(await Promise.all([found(there, 'device-1'), found(here, 'device-1')])).toEqual(['there p_1', 'here p_1']);
  expect(statements.count).toBe(6);
});

it('who asks while a read is under way is given nothing that was read before', async () => {
  const first = found(here, 'device-3');
  await new Promise((resolve) => setImmediate(resolve));
  await insert(here, { id: 'p_3', userId: null, anonymousId: 'device-3' });
  expect(await found(here, 'device-3')).toBe('here p_3');
  await first;
});

it('more pages than go into one read are all answered', async () => {
  const asked = Array.from({ length: 250 }, (_, index) => found(here, `device-${1 + (index % 2)}`));
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['here p_1', 'here p_2']));
  expect(statements.count).toBe(6);
});

it('an id that no store can hold fails its own page alone', async () => {
  const asked = [found(here, 'device-1'), found(here, `a${String.fromCharCode(0)}`), found(here, 'device-2')];
  expect(await Promise.allSettled(asked)).toMatchObject([
    { status: 'fulfilled', value: 'here p_1' },
    { status: 'rejected', reason: { code: '22021' } },
    { status: 'fulfilled', value: 'here p_2' },
  ]);
});
