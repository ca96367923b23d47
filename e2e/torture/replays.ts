import type { Json, JsonObject } from '@gangway/product/kernel/json.ts';
import { type FindNeeds, kill, publish, rollBack, saveDraft } from '@gangway/product/pipeline/definitions.ts';
import { missingNeeds } from '@gangway/product/pipeline/missing-needs.ts';
import type { Tx } from '@gangway/product/ports/db/db.ts';
import type { Rule } from '@gangway/product/rules/rule.ts';
import { domains } from '@gangway/server/domains.ts';
import { checkReplay } from './check-replay.ts';
import { createRandom, type Random } from './random.ts';
import { boot, createDisks, drain, type Machine } from './world.ts';

const scope = { workspace: 'w', environment: 'e' } as const;
const start = Date.parse('2026-03-28T12:00:00Z');
const minute = 60_000;

/**
 * Histories in which everything changes under the people: definitions are published, changed, stopped and rolled
 * back while events come late and twice, devices turn out to be somebody's, and windows close. Each is replayed
 * from its log alone and must come out as it was recorded, row by row.
 */
export async function replayHistories(seed: number, rounds: number): Promise<{ lost: number; doubled: number; failed: number }> {
  const total = { lost: 0, doubled: 0, failed: 0 };
  for (let round = 0; round < rounds; round++) {
    const found = await replayOne(seed + round);
    total.lost += found.lost;
    total.doubled += found.doubled;
    if (found.lost + found.doubled + found.failures.length === 0) continue;
    total.failed++;
    console.log(`seed ${seed + round}: lost ${found.lost}, doubled ${found.doubled}; ${found.failures.join('; ')}`);
  }
  return total;
}

interface Life {
  readonly machine: Machine;
  readonly random: Random;
  readonly clock: { time: number };
  /** Ids of events that were acknowledged. */
  readonly acknowledged: Set<string>;
  /** Newest version of each definition, and whether it holds. */
  readonly published: Map<string, { version: number; revision: number; live: boolean }>;
}

async function replayOne(seed: number): Promise<{ lost: number; doubled: number; failures: string[] }> {
  const random = createRandom(seed);
  const disks = createDisks();
  const clock = { time: start, now: () => clock.time };
  const machine = boot(disks, { clock, fate: () => false, partitions: 1 });
  const life: Life = { machine, random, clock, acknowledged: new Set(), published: new Map() };
  const steps = 40 + random.below(60);
  for (let step = 0; step < steps; step++) {
    clock.time += random.pick([0, 1, 900, 30_000, 4 * minute, 20 * minute]);
    await takeStep(life);
    if (random.chance(0.6)) await drain(machine, 1);
  }
  for (let hour = 0; hour < 3 || (disks.db.tables.get('preparations')?.size ?? 0) > 0; hour++) {
    await drain(machine, 1);
    clock.time += 60 * minute;
  }
  await drain(machine, 1);
  const stored = disks.warehouse.rows.filter((row) => row.kind === 'event').map((row) => row.id);
  const unique = new Set(stored);
  const lost = [...life.acknowledged].filter((id) => !unique.has(id)).length;
  return { lost, doubled: stored.length - unique.size, failures: await checkReplay({ disks, clock }) };
}

async function takeStep(life: Life): Promise<void> {
  const { machine, random } = life;
  switch (random.below(10)) {
    case 0:
    case 1:
      return publishNext(life);
    case 2:
      return stopOrRollBack(life);
    case 3:
      return void (await machine.path.wake());
    case 4:
      return void (await machine.path.apply(0));
    case 5:
      return void (await machine.path.prepare());
    default:
      return offerSome(life);
  }
}

const rules: readonly Rule[] = [
  { type: 'event', name: 'A', operator: 'at_least', times: 1 },
  { type: 'event', name: 'B', operator: 'at_least', times: 2, within: 10 * minute },
  {
    type: 'all',
    of: [
      { type: 'event', name: 'C', operator: 'at_least', times: 1 },
      { type: 'event', name: 'C', operator: 'at_most', times: 0, within: 5 * minute },
    ],
  },
  {
    type: 'all',
    of: [
      { type: 'milestone', id: 'm0' },
      { type: 'trait', name: 'plan', operator: 'equals', value: 'pro' },
    ],
  },
  { type: 'not', rule: { type: 'milestone', id: 'm1' } },
  // What must be counted apart, over all that happened before.
  { type: 'event_sum', name: 'B', property: 'worth', operator: 'at_least', value: 5 },
  { type: 'event_days', name: 'A', operator: 'at_most', times: 1, days: 2, zone: 'Europe/Berlin' },
  {
    type: 'sequence',
    first: { name: 'A' },
    then: { name: 'C', where: [{ property: 'worth', operator: 'greater_than', value: 1 }] },
    within: 30 * minute,
    happened: false,
  },
  {
    type: 'any',
    of: [
      { type: 'trait', of: 'account', name: 'size', operator: 'at_least', value: 5 },
      { type: 'event', name: 'C', where: [{ property: 'worth', operator: 'exists' }], operator: 'exactly', times: 2 },
    ],
  },
];

function inventBody(slice: string, random: Random): Json {
  const rule = random.pick(rules);
  if (slice === 'milestones') {
    const account = random.chance(0.2);
    const about = account ? { subject: 'account', rule: { type: 'milestone', id: `m${random.below(3)}` } } : { subject: 'person', rule };
    return { name: 'M', description: '', role: 'progress', ...about } as unknown as Json;
  }
  const items = [0, 1, 2].slice(random.below(2)).map((item) => ({ id: `i${item}`, title: 'I', description: '', milestone: `m${item}` }));
  if (slice === 'checklists') return { name: 'L', audience: rule, title: 'L', intro: '', items } as unknown as Json;
  return { name: 'T', audience: rule, start: 'auto', steps: [] } as unknown as Json;
}

async function publishNext({ machine, random, clock, published }: Life): Promise<void> {
  const [slice, id] = random.pick([
    ...[0, 1, 2, 3].map((index): [string, string] => ['milestones', `m${index}`]),
    ['checklists', 'list'],
    ['guides', 'tour'],
  ] as [string, string][]);
  const before = published.get(`${slice}/${id}`) ?? { version: 0, revision: 0, live: false };
  const author = { scope, slice, id, by: 'torture', now: clock.time };
  const { version } = await machine.ports.db.transaction({ as: 'system' }, async (tx) => {
    const { revision } = await saveDraft(tx, author, { body: inventBody(slice, random), revision: before.revision });
    return publish(tx, author, { revision, everyone: random.chance(0.7), needs: await needsIn(machine, tx) });
  });
  published.set(`${slice}/${id}`, { version, revision: before.revision + 1, live: true });
}

/** What is not counted yet is counted first, as for whoever publishes on the screen. */
async function needsIn({ path }: Machine, tx: Tx): Promise<FindNeeds> {
  const registry = await path.registries.get(tx, scope);
  return (definition) => missingNeeds(registry, domains, definition);
}

async function stopOrRollBack({ machine, random, clock, published }: Life): Promise<void> {
  const known = [...published].filter(([, { live }]) => live);
  if (known.length === 0) return;
  const [key, state] = random.pick(known);
  const [slice = '', id = ''] = key.split('/');
  const author = { scope, slice, id, by: 'torture', now: clock.time };
  await machine.ports.db.transaction({ as: 'system' }, async (tx) => {
    if (random.chance(0.5)) {
      await kill(tx, author);
      published.set(key, { ...state, live: false });
      return;
    }
    const to = 1 + random.below(state.version);
    const needs = await needsIn(machine, tx);
    const { version } = await rollBack(tx, author, { to, latest: state.version, everyone: random.chance(0.5), needs });
    // The draft follows, because nothing in it is unpublished.
    published.set(key, { version, revision: state.revision + 1, live: true });
  });
}

async function offerSome({ machine, random, clock, acknowledged }: Life): Promise<void> {
  const fresh = Array.from({ length: 1 + random.below(4) }, () => inventEvent(random, clock.time));
  const batch = random.chance(0.2) ? [...fresh, ...fresh.slice(0, 1)] : fresh;
  await machine.path.offer(scope, {
    body: { batch },
    context: { receivedAt: clock.time, key: 'public', requestId: `r${clock.time}-${random.below(1e9)}` },
  });
  for (const { messageId } of fresh) acknowledged.add(String(messageId));
}

function inventEvent(random: Random, now: number): JsonObject {
  const who: JsonObject = random.pick([
    { userId: `u${random.below(3)}` },
    { anonymousId: `a${random.below(4)}` },
    { userId: `u${random.below(3)}`, anonymousId: `a${random.below(4)}` },
  ]);
  const late = random.chance(0.3) ? random.below(40 * minute) : 0;
  const common = { messageId: `m${random.below(1e12)}`, timestamp: new Date(now - late).toISOString(), ...who };
  const worth: JsonObject = random.chance(0.6) ? { properties: { worth: random.pick([1, 2.5, 'much', null]) } } : {};
  const account: JsonObject = random.chance(0.4) ? { context: { groupId: random.pick(['acme', 'globex']) } } : {};
  const content = random.pick([{ guideId: 'tour' }, { checklistId: 'list' }]);
  if (random.chance(0.05)) return { ...common, type: 'alias', userId: `u${random.below(3)}`, previousId: `a${random.below(4)}` };
  switch (random.below(7)) {
    case 0:
      return { ...common, type: 'identify', traits: { plan: random.pick(['free', 'pro']) } };
    case 1:
      return { ...common, type: 'group', groupId: random.pick(['acme', 'globex']), traits: { size: random.below(9) } };
    case 2:
      return {
        ...{ ...common, type: 'track', properties: content },
        event: random.pick(['Guide Shown', 'Guide Completed', 'Guide Dismissed', 'Checklist Shown', 'Checklist Dismissed']),
      };
    default:
      return { ...common, type: 'track', event: random.pick(['A', 'B', 'B', 'C']), ...account, ...worth };
  }
}
