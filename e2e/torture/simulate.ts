import type { JsonObject } from '@gangway/product/kernel/json.ts';
import { publish, saveDraft } from '@gangway/product/pipeline/definitions.ts';
import { missingNeeds } from '@gangway/product/pipeline/missing-needs.ts';
import { loseLate } from '@gangway/product/ports/db/memory-db.ts';
import { domains } from '@gangway/server/domains.ts';
import { checkRound, type Findings } from './check-round.ts';
import { Crash, type Fate } from './crashing-ports.ts';
import { isAboutAccount, type Ledger } from './ledger.ts';
import { createRandom, type Random } from './random.ts';
import { accounts, checklistBody, milestoneBodies, planBody, scope } from './simulated-content.ts';
import { boot, createDisks, type Disks, drain, type Machine } from './world.ts';

const start = Date.parse('2026-01-01T00:00:00Z');

/**
 * One life of the whole pipeline under one seed: clients that retry, definitions published in between, a clock
 * that jumps, and deaths between any two port calls. At the end everything is drained and must add up, a replay
 * must derive the same, and a warehouse built anew must hold the same.
 *
 * @param chosen says where the process dies, and how many partitions the log has; absent = by chance
 */
export async function simulateRound(seed: number, chosen: { readonly fate?: Fate; readonly partitions?: number } = {}): Promise<Findings> {
  const random = createRandom(seed);
  const disks = createDisks();
  const clock = { time: start, now: () => clock.time };
  const drawn = random.pick([1, 1, 3]);
  const partitions = chosen.partitions ?? drawn;
  const ledger: Ledger = { offered: new Map(), acknowledged: new Set() };
  const danger = random.pick([0, 0.002, 0.01, 0.03]);
  const fate: Fate = chosen.fate ?? (() => random.chance(danger));
  let machine = boot(disks, { clock, fate, partitions });
  const definitions = plannedDefinitions(random);
  const steps = 60 + random.below(120);
  for (let step = 0; step < steps; step++) {
    try {
      await oneStep({ machine, random, clock, ledger, definitions, partitions });
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      loseLate(disks.db, random.below(4));
      machine = boot(disks, { clock, fate, partitions });
    }
  }
  await calmDown({ disks, clock, partitions, ledger, definitions });
  return checkRound({ disks, clock, partitions, ledger });
}

interface Definition {
  readonly slice: string;
  readonly id: string;
  readonly body: unknown;
  readonly account?: string;
  done: boolean;
}

/** In an order of chance, so that plans start before and after what they wait for. */
function plannedDefinitions(random: Random): Definition[] {
  const all: Definition[] = [
    ...Object.entries(milestoneBodies).map(([id, body]) => ({ slice: 'milestones', id, body, done: false })),
    { slice: 'checklists', id: 'list', body: checklistBody, done: false },
    ...accounts.map((account) => ({ slice: 'plans', id: `plan-${account}`, body: planBody(account), account, done: false })),
  ];
  return all
    .map((one) => ({ one, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

interface Life {
  readonly machine: Machine;
  readonly random: Random;
  readonly clock: { time: number };
  readonly ledger: Ledger;
  readonly definitions: readonly Definition[];
  readonly partitions: number;
}

async function oneStep(life: Life): Promise<void> {
  const { machine, random, clock, definitions, partitions } = life;
  clock.time += random.pick([0, 1, 50, 2_000, 60_000, 240_000]);
  const next = definitions.find((definition) => !definition.done);
  switch (random.below(9)) {
    case 0:
    case 1:
    case 2:
      return offerSome(life);
    case 3:
      if (next) await publishOne(machine, next, clock.time, random.chance(0.8));
      return;
    case 4:
      return void (await machine.path.relay());
    case 5:
      return void (await machine.path.wake());
    case 6:
      return void (await machine.path.project(random.below(partitions)));
    case 7:
      return void (await machine.path.prepare());
    default:
      return void (await machine.path.apply(random.below(partitions)));
  }
}

/** New events and old ones that were never acknowledged, some of them twice. */
async function offerSome({ machine, random, clock, ledger }: Life): Promise<void> {
  const unanswered = [...ledger.offered]
    .filter(([id]) => !ledger.acknowledged.has(id))
    .slice(0, 5)
    .map(([, event]) => event);
  const fresh = Array.from({ length: 1 + random.below(4) }, () => inventEvent(random, clock.time, ledger.offered.size));
  const repeated = [...ledger.offered.values()].slice(-2).filter(() => random.chance(0.2));
  const batch = [...unanswered, ...fresh, ...repeated];
  for (const event of fresh) ledger.offered.set(String(event.messageId), event);
  await machine.path.offer(scope, {
    body: { batch },
    context: { receivedAt: clock.time, key: keyFor(batch), requestId: `r${clock.time}-${random.below(1e9)}` },
  });
  for (const event of batch) ledger.acknowledged.add(String(event.messageId));
}

/** Only a back end may describe an account without naming anybody in it. */
function keyFor(batch: readonly JsonObject[]): 'public' | 'secret' {
  return batch.some(isAboutAccount) ? 'secret' : 'public';
}

function inventEvent(random: Random, now: number, already: number): JsonObject {
  const messageId = `m${already}-${random.below(1e9)}`;
  const who: JsonObject = random.pick([
    { userId: `u${random.below(4)}` },
    { anonymousId: `a${random.below(5)}` },
    { userId: `u${random.below(4)}`, anonymousId: `a${random.below(5)}` },
  ]);
  // Some are late by up to twenty minutes.
  const timestamp = new Date(now - (random.chance(0.3) ? random.below(20 * 60_000) : 0)).toISOString();
  const common = { messageId, timestamp, ...who };
  const account = random.pick(accounts);
  if (random.chance(0.08)) return { messageId, timestamp, type: 'group', groupId: account, traits: { seats: random.below(50) } };
  if (random.chance(0.04)) return { ...common, type: 'alias', userId: `u${random.below(4)}`, previousId: `a${random.below(5)}` };
  switch (random.below(6)) {
    case 0:
      return { ...common, type: 'identify', traits: { plan: random.pick(['free', 'pro']), name: `N${random.below(9)}` } };
    case 1:
      return { ...common, type: 'group', groupId: account, traits: { size: random.below(50) } };
    case 2:
      return { ...common, type: 'page', name: 'Home' };
    default:
      return {
        ...common,
        type: 'track',
        event: random.pick(['A', 'B', 'B', 'C']),
        properties: { size: random.pick(['big', 'small']), worth: random.pick([1, 2.5, 4, 'much']) },
        ...(random.chance(0.3) ? { context: { groupId: account } } : {}),
      };
  }
}

async function publishOne(machine: Machine, definition: Definition, now: number, everyone: boolean): Promise<void> {
  const author = { scope, slice: definition.slice, id: definition.id, by: 'sim', now };
  const body = definition.body as JsonObject;
  // Known before the outcome is: a death after the commit must not publish a second time.
  definition.done = true;
  try {
    await machine.ports.db.transaction({ as: 'system' }, async (tx) => {
      await saveDraft(tx, author, { body, revision: 0 });
      const registry = await machine.path.registries.get(tx, scope);
      await publish(tx, author, {
        revision: 1,
        everyone,
        needs: (of) => missingNeeds(registry, domains, of),
        ...(definition.account ? { only: { kind: 'account', id: definition.account } } : {}),
      });
    });
  } catch (error) {
    definition.done = wasStored(machine, definition);
    throw error;
  }
}

/** After a death nothing of the machine answers; what is on the disk decides. */
function wasStored(machine: Machine, definition: Definition): boolean {
  const rows = [...(machine.disks.db.tables.get('definition_versions')?.values() ?? [])];
  return rows.some((row) => row.slice === definition.slice && row.definition === definition.id);
}

/** No more deaths: what was not answered is sent again, everything is published, time passes until nothing moves. */
async function calmDown(input: {
  disks: Disks;
  clock: { time: number; now(): number };
  partitions: number;
  ledger: Ledger;
  definitions: readonly Definition[];
}): Promise<void> {
  const { disks, clock, partitions, ledger, definitions } = input;
  const machine = boot(disks, { clock, fate: () => false, partitions });
  for (const definition of definitions.filter((one) => !one.done)) await publishOne(machine, definition, clock.time, true);
  const unanswered = [...ledger.offered].filter(([id]) => !ledger.acknowledged.has(id));
  if (unanswered.length > 0) {
    await machine.path.offer(scope, {
      body: { batch: unanswered.map(([, event]) => event) },
      context: { receivedAt: clock.time, key: keyFor(unanswered.map(([, event]) => event)), requestId: 'last' },
    });
    for (const [id] of unanswered) ledger.acknowledged.add(id);
  }
  await drain(machine, partitions);
  // Windows close, and what waited for that happens; what is being prepared goes on.
  for (let hour = 0; hour < 3 || isPreparing(disks); hour++) {
    clock.time += 3_600_000;
    await drain(machine, partitions);
  }
}

function isPreparing(disks: Disks): boolean {
  return (disks.db.tables.get('preparations')?.size ?? 0) > 0;
}
