import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { bareFlushes } from './support/bare-flush.ts';
import { milestoneOf } from './support/bench-path.ts';
import { type BenchServer, percentile, startBenchServer } from './support/bench-server.ts';
import { copyInBatches } from './support/copy-in-batches.ts';
import { cpuSeconds } from './support/cpu-time.ts';
import { liveRules, makeBatch } from './support/load-events.ts';
import { createPoster } from './support/poster.ts';

/**
 * How many events a second are acknowledged and fully applied, in batches of 100, with live rules; how long an
 * acknowledgement takes at half that rate; and, in the same run on the same PostgreSQL, how many events a second
 * a bare COPY writes into an indexed table. `--seconds 300` shows whether memory stays flat: it is told at the
 * start, at the end, and at its highest. CPU an event, by process, is what to compare on a machine that others use.
 * `bareFlushMs` is what the disk takes by itself before the load: a stall of the disk is a stall of every acknowledgement.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    people: { type: 'string', default: '200000' },
    rules: { type: 'string', default: '30' },
  },
});
const seconds = Number(values.seconds);
const people = Number(values.people);
const rules = Number(values.rules);
const batchSize = 100;
/** Unapplied events that the generator lets pile up before it waits: a queue without end measures nothing. */
const allowedBacklog = 40_000;

const bench = await startBenchServer();
const { post, close } = createPoster(new URL('/v1/batch', bench.server.dashboard));
try {
  const bareFlush = await bareFlushes(bench.folder, { seconds: Math.min(30, seconds), bytes: 16_384 });
  await publishRules(bench);
  await run(bench, { seconds: 3, concurrency: 8, perSecond: undefined });
  const [memoryBefore, cpuBefore] = [await bench.memory(), await cpu()];
  const full = await run(bench, { seconds, concurrency: 8, perSecond: undefined });
  const [memoryAfter, cpuAfter] = [await bench.memory(), await cpu()];
  const cpuMicrosAnEvent = (part: keyof typeof cpuAfter) => Math.round(((cpuAfter[part] - cpuBefore[part]) * 1e6) / full.acknowledged);
  // Long enough that one stall does not decide what a hundredth of the answers waited for.
  const half = await run(bench, { seconds: Math.min(60, seconds), concurrency: 32, perSecond: full.appliedPerSecond / 2 });
  const copyPerSecond = await copyInBatches(bench.databaseUrl, { seconds: 8, batchSize, people });
  console.log(
    JSON.stringify({
      name: 'ingest',
      seconds,
      people,
      rules,
      ackedPerSecond: Math.round(full.ackedPerSecond),
      appliedPerSecond: Math.round(full.appliedPerSecond),
      ackP99Ms: round(percentile(half.latencies, 0.99)),
      ackP50Ms: round(percentile(half.latencies, 0.5)),
      bareFlushMs: {
        p50: round(percentile(bareFlush, 0.5)),
        p99: round(percentile(bareFlush, 0.99)),
        highest: round(Math.max(...bareFlush)),
      },
      copyPerSecond: Math.round(copyPerSecond),
      shareOfCopy: round(full.appliedPerSecond / copyPerSecond),
      memoryMb: {
        start: Math.round(memoryBefore),
        fifths: fifthsOf(full.memory).map(Math.round),
        end: Math.round(memoryAfter),
        highest: Math.round(Math.max(...full.memory)),
      },
      cpuMicrosAnEvent: {
        server: cpuMicrosAnEvent('server'),
        postgres: cpuMicrosAnEvent('postgres'),
        generator: cpuMicrosAnEvent('generator'),
      },
    }),
  );
} finally {
  close();
  await bench.remove();
}

/** Seconds of CPU by process. */
async function cpu() {
  const { user, system } = process.cpuUsage();
  const [server, postgres] = await Promise.all([cpuSeconds(bench.server.child.pid ?? 0, 'alone'), cpuSeconds(bench.postmaster)]);
  return { server, postgres, generator: (user + system) / 1e6 };
}

/** The mean of each fifth of the samples: a memory that is flat has come to rest before the last ones. */
function fifthsOf(samples: readonly number[]): number[] {
  return Array.from({ length: 5 }, (_, fifth) => {
    const part = samples.slice(Math.floor((fifth * samples.length) / 5), Math.floor(((fifth + 1) * samples.length) / 5));
    return part.reduce((sum, sample) => sum + sample, 0) / Math.max(1, part.length);
  });
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

async function publishRules({ ask, environment }: BenchServer): Promise<void> {
  for (const { id, body } of liveRules(rules).map(milestoneOf)) {
    await ask(`/api/e/${environment}/definitions/milestones/${id}`, { body, revision: 0 }, 'PUT');
    await ask(`/api/e/${environment}/definitions/milestones/${id}/publish`, { revision: 1, backfill: 'from_now' });
  }
}

interface Phase {
  readonly seconds: number;
  readonly concurrency: number;
  /** Undefined = as fast as it goes. */
  readonly perSecond: number | undefined;
}

interface Ran {
  readonly acknowledged: number;
  readonly ackedPerSecond: number;
  readonly appliedPerSecond: number;
  readonly latencies: number[];
  /** Megabytes, as they were looked at now and then. */
  readonly memory: readonly number[];
}

async function run(bench: BenchServer, phase: Phase): Promise<Ran> {
  const begun = performance.now();
  const appliedBefore = (await bench.ingestion()).applied;
  const state = { acknowledged: 0, applied: appliedBefore, latencies: [] as number[], next: begun, memory: [] as number[] };
  let going = true;
  const watching = watch(bench, state, () => going);
  await Promise.all(Array.from({ length: phase.concurrency }, () => sendFor(bench, phase, { begun, appliedBefore, state })));
  const sent = performance.now();
  going = false;
  await watching;
  const target = appliedBefore + state.acknowledged;
  while ((await bench.ingestion()).applied < target) await sleep(100);
  const done = performance.now();
  return {
    acknowledged: state.acknowledged,
    memory: state.memory,
    ackedPerSecond: state.acknowledged / ((sent - begun) / 1000),
    appliedPerSecond: state.acknowledged / ((done - begun) / 1000),
    latencies: state.latencies,
  };
}

async function watch(bench: BenchServer, state: { applied: number; memory: number[] }, going: () => boolean): Promise<void> {
  while (going()) {
    state.applied = (await bench.ingestion()).applied;
    state.memory.push(await bench.memory());
    await sleep(250);
  }
}

async function sendFor(
  bench: BenchServer,
  phase: Phase,
  run: { begun: number; appliedBefore: number; state: { acknowledged: number; applied: number; latencies: number[]; next: number } },
): Promise<void> {
  const { state, begun } = run;
  while (performance.now() - begun < phase.seconds * 1000) {
    if (phase.perSecond !== undefined) {
      // One clock for all senders: batches are due at even distances, whoever is free takes the next.
      const due = state.next;
      state.next += (batchSize / phase.perSecond) * 1000;
      await sleep(Math.max(0, due - performance.now()));
    }
    while (run.appliedBefore + state.acknowledged - state.applied > allowedBacklog) await sleep(20);
    const body = JSON.stringify({ writeKey: bench.writeKey, batch: makeBatch(batchSize, people), sentAt: new Date().toISOString() });
    const asked = performance.now();
    await post(body);
    state.latencies.push(performance.now() - asked);
    state.acknowledged += batchSize;
  }
}
