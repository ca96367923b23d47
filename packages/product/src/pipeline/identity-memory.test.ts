import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openDoor } from '../kernel/door.ts';
import type { Entry } from '../kernel/entry.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { LinkKey } from '../kernel/link-key.ts';
import { createMemoryDb } from '../ports/db/memory-db.ts';
import { createMemoryEventLog } from '../ports/event-log/memory-event-log.ts';
import { acceptBatch } from './accept.ts';
import { type ApplyDeps, applyNext } from './apply.ts';
import { IdentityMemory } from './identity-memory.ts';
import { plainDigest } from './plain-digest.contract.ts';
import { createRegistries } from './registry.ts';
import { identities, merges, people } from './tables.ts';
import { linkRow } from './working-set.ts';

const scope = { workspace: 'w', environment: 'e' };
const now = Date.UTC(2026, 0, 5);
const linkOf = (link: LinkKey, person: string) => ({ person, ...linkRow(scope, link) });

it('knows what it learned while the log stands where it left it', () => {
  const memory = new IdentityMemory();
  memory.stand(0);
  expect(memory.personOf(scope, 'user:u1')).toBe(undefined);
  memory.learn(7, [linkOf('user:u1', 'p_1'), linkOf('anonymous:u1', 'p_2')]);
  memory.stand(7);
  const told = [memory.personOf(scope, 'user:u1'), memory.personOf(scope, 'anonymous:u1'), memory.personOf(scope, 'user:u2')];
  expect(told).toEqual(['p_1', 'p_2', undefined]);
  expect(memory.personOf({ ...scope, environment: 'other' }, 'user:u1')).toBe(undefined);
  memory.stand(8);
  expect(memory.personOf(scope, 'user:u1')).toBe(undefined);
});

it('forgets what was not asked for while many others came, and keeps what was', () => {
  const memory = new IdentityMemory();
  const many = (name: string) => Array.from({ length: 60_000 }, (_, index) => linkOf(`user:${name}${index}`, `p_${index}`));
  memory.learn(1, [linkOf('user:busy', 'p_b'), linkOf('user:quiet', 'p_q')]);
  for (const [index, name] of ['a', 'b', 'c', 'd'].entries()) {
    memory.learn(index + 2, many(name));
    expect(memory.personOf(scope, 'user:busy')).toBe('p_b');
  }
  expect([memory.personOf(scope, 'user:quiet'), memory.personOf(scope, 'user:a0'), memory.personOf(scope, 'user:d0')]).toEqual([
    undefined,
    undefined,
    'p_0',
  ]);
});

class Forgetful extends IdentityMemory {
  override personOf() {
    return undefined;
  }
}

/** A server that applies the log of a store, remembering or not. */
function open(store: Pick<ApplyDeps, 'db' | 'log'>, remembered: IdentityMemory) {
  const deps: ApplyDeps = {
    ...store,
    signal: { publish: () => undefined },
    digest: plainDigest,
    registries: createRegistries([]),
    domains: [],
    remembered,
    report: (error) => {
      throw error;
    },
    mode: 'live',
  };
  return async () => void (await applyNext(deps, 0));
}

const user = fc.constantFrom('u1', 'u2', 'u3');
const device = fc.constantFrom('a1', 'a2', 'a3');
const call: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({ type: fc.constant('track'), event: fc.constant('A'), anonymousId: device }),
  fc.record({ type: fc.constant('track'), event: fc.constant('A'), userId: user }),
  fc.record({ type: fc.constant('identify'), userId: user, anonymousId: device }),
  fc.record({ type: fc.constant('alias'), userId: user, previousId: fc.oneof(user, device) }),
);
/** Calls of one batch, then which of two servers applies, or both at the same time; or a person who is deleted. */
const round = fc.record({
  calls: fc.array(call, { minLength: 1, maxLength: 4 }),
  who: fc.constantFrom([0], [1], [0, 1], [1, 0]),
  fails: fc.boolean(),
  erased: fc.option(fc.nat(4)),
});

it('servers that take turns, and fail now and then, find what one finds that remembers nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 12 }), async (rounds) => {
      const result = await Promise.all([true, false].map((remembers) => appliedBy(rounds, remembers)));
      expect(result[0]).toEqual(result[1]);
    }),
    { numRuns: 150 },
  );
});

it('a server that finds everything done by another does not go on with what it remembers', async () => {
  const [db, log] = [createMemoryDb(), createMemoryEventLog({ clock: { now: () => now } })];
  const [one, other] = [open({ db, log }, new IdentityMemory()), open({ db, log }, new IdentityMemory())];
  const track = (ids: JsonObject): JsonObject => ({ type: 'track', event: 'A', ...ids });
  await log.append(entriesOf(0, [track({ anonymousId: 'a1' }), track({ userId: 'u1' })], undefined));
  await one();
  // Both have read the log before one of them applies: the device becomes the user's.
  await log.append(entriesOf(1, [{ type: 'identify', userId: 'u1', anonymousId: 'a1' }], undefined));
  await Promise.all([other(), one()]);
  await log.append(entriesOf(2, [track({ anonymousId: 'a1' })], undefined));
  await one();
  const rows = await db.transaction({ as: 'system' }, (tx) => tx.list(people, { where: { ...scope, mergedInto: null } }));
  expect(rows.map(({ doc }) => doc.events.get('A')?.count)).toEqual([3]);
});

type Round = typeof round extends fc.Arbitrary<infer Value> ? Value : never;

async function appliedBy(rounds: readonly Round[], remembers: boolean) {
  const db = createMemoryDb();
  const log = createMemoryEventLog({ clock: { now: () => now } });
  let fails = false;
  /** A commit whose answer is lost: it has happened, and the server does not know. */
  const flaky: ApplyDeps['db'] = {
    ...db,
    async transaction(access, work) {
      const result = await db.transaction(access, work);
      if (fails && access.as === 'system') {
        fails = false;
        throw Object.assign(new Error('the connection is gone'), { code: '08006' });
      }
      return result;
    },
  };
  const servers = [0, 1].map(() => open({ db: flaky, log }, remembers ? new IdentityMemory() : new Forgetful()));
  for (const [number, { calls, who, fails: lost, erased }] of rounds.entries()) {
    await log.append(entriesOf(number, calls, erased ?? undefined));
    fails = lost;
    await Promise.all(who.map((server) => servers[server]?.().catch(() => undefined)));
  }
  fails = false;
  for (let turn = 0; turn <= rounds.length; turn++) await servers[0]?.();
  return db.transaction({ as: 'system' }, async (tx) => ({
    links: await tx.list(identities, { where: scope, orderBy: ['kind', 'value'] }),
    people: await tx.list(people, { where: scope, orderBy: ['id'] }),
    merges: await tx.list(merges, { where: scope, orderBy: ['id'] }),
  }));
}

function entriesOf(number: number, calls: readonly JsonObject[], erased: number | undefined): Entry[] {
  const batch = calls.map((one, index) => ({ ...one, messageId: `${number}-${index}` }));
  const { events } = acceptBatch({ batch }, { receivedAt: now, key: 'secret', requestId: `r${number}`, door: openDoor });
  const entries = events.map((event) => ({
    id: `event:${event.messageId}`,
    scope,
    origin: 'source' as const,
    depth: 0,
    body: { what: 'event' as const, event },
  }));
  if (erased === undefined) return entries;
  // By itself, as the runner of deletions appends it: nobody of these ids comes behind it in the same batch.
  return [{ id: `erase:${number}`, scope, origin: 'source', depth: 0, body: { what: 'erase', people: [`p_${erased}`] } }];
}
