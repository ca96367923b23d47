import { parseArgs } from 'node:util';
import { createContentStore } from '@gangway/server/page/content-store.ts';
import { createManifests } from '@gangway/server/page/manifests.ts';
import { type BenchPath, milestoneOf, openBenchPath } from './support/bench-path.ts';
import { percentile } from './support/bench-server.ts';
import { cpuSeconds } from './support/cpu-time.ts';
import { liveRules, makeBatch } from './support/load-events.ts';
import { eventsAPerson, preloadHistory } from './support/preload-history.ts';

/**
 * What a long past costs: the same new events applied, and the same decisions made, with more and more events
 * stored. The past is written by COPY, fifty events a person. The last line compares the longest with the shortest
 * by CPU time, because the sizes are measured one after the other and the machine may have other work meanwhile.
 */
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100000,1000000,10000000' },
    events: { type: 'string', default: '20000' },
    decisions: { type: 'string', default: '2000' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const events = Number(values.events);

const results = [];
for (const stored of sizes) {
  const bench = await openBenchPath();
  try {
    results.push(await measure(bench, stored));
    console.error(JSON.stringify(results.at(-1)));
  } finally {
    await bench.remove();
  }
}
const [shortest, longest] = [results[0], results.at(-1)];
const growth = (pick: (result: NonNullable<typeof shortest>) => number) =>
  shortest && longest ? round(pick(longest) / pick(shortest)) : null;
console.log(
  JSON.stringify({
    name: 'history',
    results,
    applyGrowth: growth((result) => result.applyCpuMicros),
    decideGrowth: growth((result) => result.decideCpuMicros),
  }),
);

async function measure(bench: BenchPath, stored: number) {
  const { path } = bench;
  await bench.publish('milestones', liveRules(30).map(milestoneOf));
  await preloadHistory(bench.databaseUrl, bench.scope, stored);
  const people = Math.round(stored / eventsAPerson);
  // The first batches fill the caches of a PostgreSQL that has just started.
  await offer(bench, people, 5_000);
  while (await path.apply(0));
  await offer(bench, people, events);
  const [cpu, begun] = [await cpuOf(bench), performance.now()];
  while (await path.apply(0));
  const applied = { seconds: (performance.now() - begun) / 1000, cpu: (await cpuOf(bench)) - cpu };
  const decided = await decide(bench, people);
  return {
    stored,
    people,
    appliedPerSecond: Math.round(events / applied.seconds),
    applyCpuMicros: round((applied.cpu * 1e6) / events),
    ...decided,
  };
}

/** New events of as many people at every size, spread over all: a small crowd would share rows, and seem faster. */
async function offer({ path, scope }: BenchPath, people: number, count: number): Promise<void> {
  const active = Math.min(...sizes) / eventsAPerson;
  const apart = Math.floor(people / active);
  for (let sent = 0; sent < count; sent += 500) {
    const batch = makeBatch(500, active).map((event) => ({ ...event, userId: `user-${Number(String(event.userId).slice(5)) * apart}` }));
    await path.offer(scope, {
      body: JSON.parse(JSON.stringify({ batch })),
      context: { receivedAt: Date.now(), key: 'public', requestId: `r${sent}` },
    });
  }
}

async function decide(bench: BenchPath, people: number) {
  const { db, services, path, scope } = bench;
  const content = createContentStore({ ...services, registries: path.registries });
  const manifests = createManifests({ db, clock: services.clock, content, door: services.door, unseal: services.unseal });
  const latencies: number[] = [];
  await manifests.make(scope, { anonymousId: 'a', userId: 'user-1' });
  const cpu = await cpuOf(bench);
  for (let index = 0; index < Number(values.decisions); index++) {
    const begun = performance.now();
    await manifests.make(scope, { anonymousId: `a${index}`, userId: `user-${Math.floor(Math.random() * people)}` });
    latencies.push(performance.now() - begun);
  }
  const used = (await cpuOf(bench)) - cpu;
  return {
    decideP50Ms: round(percentile(latencies, 0.5)),
    decideP99Ms: round(percentile(latencies, 0.99)),
    decideCpuMicros: round((used * 1e6) / latencies.length),
  };
}

/** Seconds of CPU of this process and of PostgreSQL. */
async function cpuOf({ postmaster }: BenchPath): Promise<number> {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6 + (await cpuSeconds(postmaster));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
