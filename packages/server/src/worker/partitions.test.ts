import type { JsonObject } from '@gangway/product/kernel/json.ts';
import { publish, saveDraft } from '@gangway/product/pipeline/definitions.ts';
import { createPath } from '@gangway/product/pipeline/path.ts';
import { counters, type PersonRow, people } from '@gangway/product/pipeline/tables.ts';
import { createMemoryCourier } from '@gangway/product/ports/courier/memory-courier.ts';
import { createMemoryFiles } from '@gangway/product/ports/files/memory-files.ts';
import { createMemorySignal } from '@gangway/product/ports/signal/memory-signal.ts';
import { createMemoryWarehouse } from '@gangway/product/ports/warehouse/memory-warehouse.ts';
import type { Rule } from '@gangway/product/rules/rule.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPostgresDb } from '../adapters/postgres/postgres-db.ts';
import { createPostgresEventLog } from '../adapters/postgres/postgres-event-log.ts';
import { domains } from '../domains.ts';
import { sha256 } from '../sha256.ts';
import { did, milestoneOf } from '../testing/test-content.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

const scope = { workspace: 'w', environment: 'e' };
const begin = Date.UTC(2026, 0, 5);
const partitions = [0, 1, 2];
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Few at a time, so that what is applied together has little in common: people with devices, and an account now and then. */
function callsOf(round: number): JsonObject[] {
  return Array.from({ length: 6 }, (_, index): JsonObject => {
    const number = round * 6 + index;
    const common = { messageId: `${number}`, timestamp: new Date(begin).toISOString() };
    const userId = `u${number % 25}`;
    const anonymousId = `a${number % 35}`;
    if (number % 20 === 19) return { ...common, type: 'group', groupId: 'acme', userId, traits: { size: 1000 + number } };
    const ids: JsonObject[] = [
      { userId },
      { anonymousId: `${anonymousId}-${userId}` },
      { userId, anonymousId: `${anonymousId}-${userId}` },
    ];
    return { ...common, type: 'track', event: 'A', ...ids[number % 3] };
  });
}

const inBigAccount: Rule = { type: 'trait', of: 'account', name: 'size', operator: 'at_least', value: 100 };

it('partitions that are applied at the same time lose nothing of each other', async () => {
  const clock = { now: () => begin };
  const db = createPostgresDb(database.pool);
  const log = createPostgresEventLog(database.pool, { clock, partitions: partitions.length });
  const wrong: unknown[] = [];
  const twins = { warehouse: createMemoryWarehouse(), courier: createMemoryCourier(), files: createMemoryFiles() };
  const ports = { db, log, ...twins, signal: createMemorySignal() };
  const path = createPath({ ports, domains, clock, digest: sha256, report: (error) => wrong.push(error) });
  const rules = { 'did-a': did('A', 3), big: inBigAccount };
  for (const [id, rule] of Object.entries(rules)) {
    await db.transaction({ as: 'system' }, async (tx) => {
      const author = { scope, slice: 'milestones', id, by: 'test', now: clock.now() };
      await saveDraft(tx, author, { body: milestoneOf(rule) as never, revision: 0 });
      await publish(tx, author, { revision: 1, everyone: true });
    });
  }
  const all = async (step: (partition: number) => Promise<boolean>) => (await Promise.all(partitions.map(step))).includes(true);
  const drain = async () => {
    for (let moved = true; moved; ) moved = (await Promise.all([path.relay(), path.wake(), all(path.apply)])).includes(true);
  };
  await drain();
  const rounds = 30;
  for (let round = 0; round < rounds; round++) {
    await path.offer(scope, { body: { batch: callsOf(round) }, context: { receivedAt: begin, key: 'secret', requestId: `r${round}` } });
    if (round % 2 === 1) await drain();
  }
  const [rows, sums] = await db.transaction({ as: 'system' }, async (tx) => [
    await tx.list<PersonRow>(people, { where: scope }),
    new Map((await tx.list(counters, { where: scope })).map(({ name, value }) => [name, value])),
  ]);
  const living = rows.filter(({ mergedInto }) => mergedInto === null);
  const counted = living.flatMap(({ doc }) => doc.events.entries().map(([, { count }]) => count));
  const offered = rounds * 6;
  expect(wrong).toEqual([]);
  expect({ applied: sums.get('applied'), folded: counted.reduce((sum, count) => sum + count, 0) }).toEqual({
    applied: offered,
    folded: offered,
  });
  expect([new Set(rows.map(({ number }) => number)).size, sums.get('people')]).toEqual([rows.length, rows.length]);
  // The last size that was told is with every member.
  const sizes = living.filter(({ doc }) => doc.accounts.includes('acme')).map(({ doc }) => doc.accountTraits?.acme?.traits.size);
  expect(new Set(sizes)).toEqual(new Set([1000 + offered - 1]));
});
