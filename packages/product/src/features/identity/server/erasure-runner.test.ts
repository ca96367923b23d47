import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createPath, type Ports } from '../../../pipeline/path.ts';
import { identities, pipelineTables } from '../../../pipeline/tables.ts';
import { createMemoryCourier } from '../../../ports/courier/memory-courier.ts';
import { createMemoryDb, createMemoryDisk } from '../../../ports/db/memory-db.ts';
import { createMemoryEventLog, type MemoryLogDisk } from '../../../ports/event-log/memory-event-log.ts';
import { createMemoryFiles } from '../../../ports/files/memory-files.ts';
import type { Services } from '../../../ports/http/route.ts';
import { createMemorySignal } from '../../../ports/signal/memory-signal.ts';
import { createMemoryWarehouse, createMemoryWarehouseDisk } from '../../../ports/warehouse/memory-warehouse.ts';
import { createDoors } from './doors.ts';
import { askErasure } from './erase-person.ts';
import { createErasureRunner } from './erasure-runner.ts';
import { erasures } from './tables.ts';

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
  const keyedDigest = (text: string) => createHash('sha256').update(text).digest('hex');
  const doors = createDoors({ db: ports.db, clock, keyedDigest, unseal: (text) => text });
  const replace = ports.log.replace;
  let made = 0;
  const services = {
    ...ports,
    db: { ...ports.db, transaction: mortal(ports.db.transaction.bind(ports.db)) as Services['db']['transaction'] },
    log: { ...ports.log, ...(replace ? { replace: mortal(replace) } : {}) },
    warehouse: { ...ports.warehouse, erase: mortal(ports.warehouse.erase) },
    sql: { read: async () => [] },
    clock,
    id: (prefix: string) => `${prefix}_${++made}`,
    seal: (text: string) => Buffer.from(text).toString('base64'),
    unseal: (text: string) => Buffer.from(text, 'base64').toString(),
    keyedDigest,
    door: doors.door,
    forgetDoor: doors.forget,
  } as unknown as Services;
  const path = createPath({ ports, domains: [], clock, report: fail, doors: doors.door });
  const drain = async () => {
    for (let moved = true; moved; ) moved = (await path.relay()) || (await path.apply(0)) || (await path.project(0));
  };
  ports.signal.subscribe('outbox', () => void drain());
  return { clock, ports, services, path, drain, fate, dbDisk, logDisk, warehouseDisk };
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
    { type: 'identify', userId: canary, anonymousId: `${canary}-1`, traits: { name: canary } },
    { anonymousId: `${canary}-2` },
  );
  await send(
    world,
    { type: 'group', userId: canary, groupId: 'acme', traits: { seats: 7 } },
    { userId: 'bob', anonymousId: `${canary}-1` },
  );
  await send(world, { type: 'identify', userId: canary, anonymousId: `${canary}-2` }, { userId: 'zoe' });
  return world;
}

/** What is on the disks, as text. */
const textOf = ({ dbDisk, logDisk, warehouseDisk }: World) =>
  JSON.stringify([[...dbDisk.tables].map(([name, rows]) => [name, [...rows.values()]]), [...logDisk.values()], warehouseDisk.rows]);

/** Derives everything again from the log, and names the tables that came out different. */
async function replayDiffers({ clock, ports, dbDisk }: World): Promise<string[]> {
  const disk = createMemoryDisk();
  const path = createPath({ ports: { ...ports, db: createMemoryDb(disk) }, domains: [], clock, report: fail, mode: 'replay' });
  while (await path.apply(0));
  const rows = (tables: typeof disk.tables, name: string) =>
    JSON.stringify([...(tables.get(name) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)));
  const derived = pipelineTables.filter(({ kind, name }) => kind === 'derived' && name !== 'seen_entries');
  return derived.map(({ name }) => name).filter((name) => rows(disk.tables, name) !== rows(dbDisk.tables, name));
}

async function runOnce(world: World): Promise<void> {
  const runner = createErasureRunner({ services: world.services, tables: pipelineTables, report: () => undefined });
  runner.wake();
  const dead = () => world.fate.calls >= world.fate.diesAt;
  const done = async () => (await world.ports.db.transaction({ as: 'system' }, (tx) => tx.list(erasures, {})))[0]?.state === 'done';
  for (let turn = 0; turn < 500 && !dead() && !(await done()); turn++) await sleep(5);
  await runner.close();
}

async function eraseWithDeathAt(call: number): Promise<{ world: World; calls: number }> {
  const world = await live();
  const [link] = await world.ports.db.transaction({ as: 'system' }, (tx) =>
    tx.get(identities, [{ ...scope, kind: 'user', value: canary }]),
  );
  await askErasure(world.services, scope, { id: link?.person ?? '', confirm: canary, by: 'owner' });
  world.clock.time += 11_000;
  Object.assign(world.fate, { calls: 0, diesAt: call });
  await runOnce(world);
  const { calls } = world.fate;
  Object.assign(world.fate, { calls: 0, diesAt: Number.POSITIVE_INFINITY });
  if (call !== Number.POSITIVE_INFINITY) await runOnce(world);
  return { world, calls };
}

it('a deletion whose process dies at any call goes on at the next start, and ends the same', async () => {
  const { world: whole, calls } = await eraseWithDeathAt(Number.POSITIVE_INFINITY);
  expect(textOf(whole)).not.toContain(canary);
  expect(await replayDiffers(whole)).toEqual([]);
  expect(whole.warehouseDisk.rows).toHaveLength(3);
  expect(calls).toBeGreaterThan(10);
  for (let call = 1; call <= calls; call++) {
    const { world } = await eraseWithDeathAt(call);
    const [erasure] = await world.ports.db.transaction({ as: 'system' }, (tx) => tx.list(erasures, {}));
    expect([call, erasure?.state, textOf(world).includes(canary)]).toEqual([call, 'done', false]);
    expect([call, await replayDiffers(world)]).toEqual([call, []]);
  }
});
