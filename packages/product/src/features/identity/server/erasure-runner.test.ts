import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createPath, type Ports } from '../../../pipeline/path.ts';
import { type DeliveryRow, deliveries, failed as failedEvents, type PersonRow, people, pipelineTables } from '../../../pipeline/tables.ts';
import { createMemoryCourier } from '../../../ports/courier/memory-courier.ts';
import { createMemoryDb, createMemoryDisk } from '../../../ports/db/memory-db.ts';
import { createMemoryEventLog, type MemoryLogDisk } from '../../../ports/event-log/memory-event-log.ts';
import { sampleEntry } from '../../../ports/event-log/sample-entry.contract.ts';
import { createMemoryFiles } from '../../../ports/files/memory-files.ts';
import type { Services } from '../../../ports/http/route.ts';
import { createMemorySignal } from '../../../ports/signal/memory-signal.ts';
import { createMemoryWarehouse, createMemoryWarehouseDisk } from '../../../ports/warehouse/memory-warehouse.ts';
import { createDoors } from './doors.ts';
import { type BatchRead, eraseBatch, type Made, readOutcomes } from './erase-log.ts';
import { askErasure } from './erase-person.ts';
import { claimErasure, erasureLease } from './erasure-claim.ts';
import { createErasureRunner } from './erasure-runner.ts';
import { type ErasureRow, erasures } from './tables.ts';
import { traceOf } from './trace.ts';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

const scope = { workspace: 'w', environment: 'e' };
const canary = 'kanarienvogel';

/** A whole pipeline in memory, in which the process can die at any call of a deletion. */
async function createWorld() {
  const clock = { time: Date.UTC(2026, 0, 5), now: () => clock.time };
  const [dbDisk, logDisk, warehouseDisk] = [createMemoryDisk(), new Map() as MemoryLogDisk, createMemoryWarehouseDisk()];
  const ports: Ports = {
    db: createMemoryDb(dbDisk),
    log: createMemoryEventLog({ clock, disk: logDisk }),
    warehouse: createMemoryWarehouse(warehouseDisk),
    courier: createMemoryCourier(),
    files: createMemoryFiles(),
    signal: createMemorySignal(),
  };
  const fate = { calls: 0, diesAt: Number.POSITIVE_INFINITY };
  const step = () => {
    if (++fate.calls >= fate.diesAt) throw new Error('died');
  };
  const mortal =
    <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
    async (...args: Args) => {
      step();
      const result = await call(...args);
      step();
      return result;
    };
  const doors = createDoors({ db: ports.db, clock, keyedDigest: digest, unseal: (text) => text });
  const replaced: number[] = [];
  const replace: typeof ports.log.replace = async (partition, position, entries) => {
    replaced.push(position);
    await ports.log.replace?.(partition, position, entries);
  };
  let made = 0;
  const services = {
    ...ports,
    db: { ...ports.db, transaction: mortal(ports.db.transaction.bind(ports.db)) as Services['db']['transaction'] },
    log: { ...ports.log, replace: mortal(replace) },
    warehouse: { ...ports.warehouse, erase: mortal(ports.warehouse.erase) },
    sql: createSql(ports),
    clock,
    digest,
    id: (prefix: string) => `${prefix}_${++made}`,
    seal: (text: string) => Buffer.from(text).toString('base64'),
    unseal: (text: string) => Buffer.from(text, 'base64').toString(),
    keyedDigest: digest,
    door: doors.door,
    forgetDoor: doors.forget,
  } as unknown as Services;
  const path = createPath({ ports, domains: [], clock, digest, report: fail, doors: doors.door });
  const drain = async () => {
    for (let moved = true; moved; ) moved = (await path.relay()) || (await path.apply(0)) || (await path.project(0));
  };
  ports.signal.subscribe('outbox', () => void drain());
  return { clock, ports, services, path, drain, fate, replaced, dbDisk, logDisk, warehouseDisk };
}

/** Stands for the statements that look for somebody's rows: it gives those of everybody. */
function createSql({ db }: Ports): Services['sql'] {
  return {
    read: async (_scope, text, values) => {
      const rows = await db.transaction({ as: 'system' }, async (tx): Promise<object[]> => {
        if (text.includes('from failed_events')) return tx.list(failedEvents, {});
        if (!text.includes('from deliveries')) return [];
        const to = (row: DeliveryRow) => (row.message as { readonly to: string }).to;
        return (await tx.list(deliveries, {})).filter((row) => (values[2] as readonly string[]).includes(to(row)));
      });
      return rows as never[];
    },
  };
}
type World = Awaited<ReturnType<typeof createWorld>>;

function fail(error: unknown): never {
  throw error;
}

async function send({ path, clock, drain }: World, ...events: object[]): Promise<void> {
  const batch = events.map((event, index) => ({ type: 'track', event: 'Looked', messageId: `m${clock.time}-${index}`, ...event }));
  await path.offer(scope, { body: { batch }, context: { receivedAt: clock.time, key: 'public', requestId: `r${clock.time}` } });
  clock.time += 1_000;
  await drain();
}

async function live(): Promise<World> {
  const world = await createWorld();
  await send(world, { userId: 'bob', context: { groupId: 'acme' } }, { anonymousId: `${canary}-1` });
  await send(
    world,
    { type: 'identify', userId: canary, anonymousId: `${canary}-1`, traits: { name: canary, email: `kay@${canary}.example` } },
    { anonymousId: `${canary}-2` },
  );
  await send(
    world,
    { type: 'group', userId: canary, groupId: 'acme', traits: { seats: 7 } },
    { userId: 'bob', anonymousId: `${canary}-1` },
  );
  await send(world, { type: 'identify', userId: canary, anonymousId: `${canary}-2` }, { userId: 'zoe' });
  await send(world, { userId: canary, event: '' }, { userId: 'zoe', event: '' });
  const letter = { ...scope, state: 'accepted' as const, attempts: 1, due: 0, error: null };
  await world.ports.db.transaction({ as: 'system' }, (tx) =>
    tx.put(
      deliveries,
      [`kay@${canary}.example`, 'zoe@x.example'].map((to) => ({ ...letter, key: to, message: { to } })),
    ),
  );
  return world;
}

/** What is on the disks, as text. */
const textOf = ({ dbDisk, logDisk, warehouseDisk }: World) =>
  JSON.stringify([[...dbDisk.tables].map(([name, rows]) => [name, [...rows.values()]]), [...logDisk.values()], warehouseDisk.rows]);

/** Derives everything again from the log, and names the tables that came out different. */
async function replayDiffers({ clock, ports, dbDisk }: World): Promise<string[]> {
  const disk = createMemoryDisk();
  const path = createPath({ ports: { ...ports, db: createMemoryDb(disk) }, domains: [], clock, digest, report: fail, mode: 'replay' });
  while (await path.apply(0));
  const rows = (tables: typeof disk.tables, name: string) =>
    JSON.stringify([...(tables.get(name) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)));
  const derived = pipelineTables.filter(({ kind, name }) => kind === 'derived' && !name.startsWith('seen_'));
  return derived.map(({ name }) => name).filter((name) => rows(disk.tables, name) !== rows(dbDisk.tables, name));
}

async function runOnce(world: World): Promise<void> {
  const runner = createErasureRunner({ services: world.services, tables: pipelineTables, report: () => undefined });
  runner.wake();
  const dead = () => world.fate.calls >= world.fate.diesAt;
  const done = async () => (await theErasure(world)).state === 'done';
  for (let turn = 0; turn < 500 && !dead() && !(await done()); turn++) await sleep(5);
  await runner.close();
}

async function personOf({ ports }: World, userId: string): Promise<PersonRow> {
  const [row] = await ports.db.transaction({ as: 'system' }, (tx) => tx.list(people, { where: { ...scope, userId } }));
  if (!row) throw new Error(`there is no user ${userId}`);
  return row;
}

async function ask(world: World): Promise<ErasureRow> {
  const asked = await askErasure(world.services, scope, { id: (await personOf(world, canary)).id, confirm: canary, by: 'owner' });
  world.clock.time += 11_000;
  return asked;
}

async function theErasure({ ports }: World): Promise<ErasureRow> {
  const [row] = await ports.db.transaction({ as: 'system' }, (tx) => tx.list(erasures, {}));
  if (!row) throw new Error('nobody asked for a deletion');
  return row;
}

/** Takes somebody out of these batches, as they were when they were read. */
async function eraseFrom(world: World, userId: string, read: readonly BatchRead[]): Promise<void> {
  const person = await personOf(world, userId);
  const trace = await world.ports.db.transaction({ as: 'system' }, (tx) => traceOf(tx, scope, person));
  let made: Made = new Set();
  for (const batch of read)
    made = await eraseBatch({ services: world.services, scope, trace, countEntries: async () => undefined }, batch, made);
}

async function readAll({ ports }: World): Promise<BatchRead[]> {
  const batches = await ports.log.read(0, 0, 100);
  return ports.db.transaction({ as: 'system' }, (tx) => readOutcomes(tx, batches));
}

async function eraseWithDeathAt(call: number): Promise<{ world: World; calls: number }> {
  const world = await live();
  await ask(world);
  Object.assign(world.fate, { calls: 0, diesAt: call });
  await runOnce(world);
  const { calls } = world.fate;
  Object.assign(world.fate, { calls: 0, diesAt: Number.POSITIVE_INFINITY });
  world.clock.time += erasureLease;
  if (call !== Number.POSITIVE_INFINITY) await runOnce(world);
  return { world, calls };
}

it('a deletion whose process dies at any call goes on at the next start, and ends the same', async () => {
  const { world: whole, calls } = await eraseWithDeathAt(Number.POSITIVE_INFINITY);
  expect(textOf(whole)).not.toContain(canary);
  expect(await replayDiffers(whole)).toEqual([]);
  expect(whole.warehouseDisk.rows).toHaveLength(3);
  expect(calls).toBeGreaterThan(10);
  const { result } = await theErasure(whole);
  expect(result).toEqual({ entries: 5, failed: 1, messages: 1, mentions: [] });
  for (let call = 1; call <= calls; call++) {
    const { world } = await eraseWithDeathAt(call);
    const erasure = await theErasure(world);
    expect([call, erasure.state, textOf(world).includes(canary)]).toEqual([call, 'done', false]);
    expect([call, erasure.result]).toEqual([call, result]);
    expect([call, await replayDiffers(world)]).toEqual([call, []]);
  }
});

it('of two servers one works on a deletion; the other takes it up when the first has said nothing for a while', async () => {
  const world = await live();
  const asked = await ask(world);
  await Promise.all([runOnce(world), runOnce(world)]);
  expect((await theErasure(world)).result).toEqual({ entries: 5, failed: 1, messages: 1, mentions: [] });
  expect(world.replaced).toEqual([...new Set(world.replaced)]);
  const { ports, clock } = world;
  await ports.db.transaction({ as: 'system' }, (tx) => tx.put(erasures, [asked]));
  expect((await claimErasure(world.services, 'first', asked))?.worker).toBe('first');
  expect(await claimErasure(world.services, 'second', asked)).toBeUndefined();
  clock.time += erasureLease;
  expect((await claimErasure(world.services, 'second', asked))?.worker).toBe('second');
});

it('what another deletion has taken out of a batch meanwhile is not written back', async () => {
  const world = await live();
  const read = await readAll(world);
  const bob = JSON.stringify({ userId: 'bob' }).slice(1, -1);
  await eraseFrom(world, canary, read);
  const once = JSON.stringify([...world.logDisk.values()]);
  expect(once).not.toContain(canary);
  expect(once).toContain(JSON.stringify(bob).slice(1, -1));
  await eraseFrom(world, canary, read);
  expect(JSON.stringify([...world.logDisk.values()])).toBe(once);
  await eraseFrom(world, 'bob', read);
  const both = JSON.stringify([...world.logDisk.values()]);
  expect(both).not.toContain(canary);
  expect(both).not.toContain(JSON.stringify(bob).slice(1, -1));
});

it('people of another environment who have the same number keep what their entries came to', async () => {
  const world = await live();
  const { number } = await personOf(world, canary);
  const elsewhere = { workspace: 'w', environment: 'other' };
  const strangers = Array.from({ length: number }, (_, index) => ({
    ...sampleEntry({ id: `other-${index}`, user: `other-${index}` }),
    scope: elsewhere,
  }));
  await world.ports.log.append([...strangers, { ...sampleEntry({ id: 'own', user: canary }), scope }]);
  await world.drain();
  const outcomes = async () => (await readAll(world)).at(-1)?.outcomes.map(({ i, p }) => [i, p]);
  const before = (await outcomes()) ?? [];
  expect(before.filter(([, person]) => person === number)).toHaveLength(2);
  await eraseFrom(world, canary, await readAll(world));
  expect(await outcomes()).toEqual(before.slice(0, -1));
});
