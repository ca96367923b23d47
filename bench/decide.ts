import { parseArgs } from 'node:util';
import type { Json } from '@gangway/product/kernel/json.ts';
import { createDecisionRecorder } from '@gangway/server/decisions/decision-recorder.ts';
import { createContentStore } from '@gangway/server/page/content-store.ts';
import { createManifests, type Manifests } from '@gangway/server/page/manifests.ts';
import pg from 'pg';
import { openBenchPath } from './support/bench-path.ts';
import { percentile } from './support/bench-server.ts';
import { cpuSeconds } from './support/cpu-time.ts';
import { liveRules, makeBatch } from './support/load-events.ts';

/**
 * What deciding costs: one person's manifest with many published contents, made, signed and noted as the server does,
 * without HTTP. One at a time for statements and CPU, then so many at once for manifests a second of one thread; at
 * last people who come for the first time, for whom every decision is written down.
 */
const { values } = parseArgs({
  options: {
    contents: { type: 'string', default: '500' },
    people: { type: 'string', default: '2000' },
    /** Different paths that the contents ask for: as many as contents, and no two audiences are the same. */
    paths: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '10' },
  },
});
const contents = Number(values.contents);
const people = Number(values.people);
const phase = (Number(values.seconds) * 1000) / 2;
const atOnce = 8;
/** People whose page has asked before: what was decided for them is on record. The others are the first visits. */
const returning = Math.min(200, people);
/** A server that has been up for a second: what the compiler does for the first manifests is nobody's cost. */
const warmUp = 500;

const statements = { count: 0 };
const bench = await openBenchPath(statements);
const { path, scope, services } = bench;
const decisions = createDecisionRecorder({ ...services, report: (error) => console.error(error) });
try {
  await bench.publish('guides', liveRules(contents).map(guideOf));
  await sendEvents();
  const content = createContentStore({ ...services, registries: path.registries });
  const manifests = createManifests({ ...services, content, decisions });
  console.log(JSON.stringify({ name: 'decide', contents, people, ...(await measure(manifests)) }));
} finally {
  await decisions.close();
  await bench.remove();
}

function guideOf({ id, rule }: { readonly id: string; readonly rule: unknown }, index: number): { id: string; body: unknown } {
  const step = { id: 'one', title: 'One', body: [], placement: 'bottom', advanceOnClick: false, missing: 'skip', timeout: 1000 };
  const audience = { type: 'all', of: [rule, { type: 'page', path: `/boards/${index % Number(values.paths)}` }] };
  return { id, body: { name: id, audience, start: 'auto', steps: [step] } };
}

async function sendEvents(): Promise<void> {
  for (let sent = 0; sent < people * 5; sent += 500) {
    await path.offer(scope, {
      body: { batch: makeBatch(500, people) as unknown as Json },
      context: { receivedAt: Date.now(), key: 'public', requestId: `r${sent}` },
    });
  }
  while (await path.apply(0));
  const client = new pg.Client({ connectionString: bench.databaseUrl });
  await client.connect();
  await client.query('analyze');
  await client.end();
}

async function measure(manifests: Manifests) {
  const make = (index: number) => manifests.make(scope, { anonymousId: `a${index}`, userId: `user-${index % people}` });
  for (let index = 0; index < returning; index++) {
    await make(index);
    // There is room for the decisions of some people at a time.
    if (index % 10 === 0) await decisions.flush();
  }
  const again = (index: number) => make(index % returning);
  for (let index = 0; index < warmUp; index++) await again(index);
  await decisions.flush();
  statements.count = 0;
  const { signed } = await again(7);
  const asked = statements.count;
  const alone = await oneByOne(again);
  const visits = await inWaves(again, { from: 0, until: (_, took) => took > phase });
  const first = await inWaves(make, { from: returning, until: (index) => index >= people });
  return { statements: asked, ...alone, atOnce, ...visits, firstVisits: first, manifestBytes: signed.manifest.length };
}

type Make = (index: number) => Promise<unknown>;

/** CPU of this process a manifest: its threads too, so what is collected while one is made counts as its own. */
async function oneByOne(make: Make) {
  const cpu: number[] = [];
  const begun = performance.now();
  for (let index = 0; performance.now() - begun < phase; index++) {
    const before = process.cpuUsage();
    await make(index);
    const used = process.cpuUsage(before);
    cpu.push((used.user + used.system) / 1000);
  }
  return { cpuP50Ms: round(percentile(cpu, 0.5)), cpuP99Ms: round(percentile(cpu, 0.99)) };
}

/** The next wave begins when all of the last one are answered. What is noted is written within what is measured. */
async function inWaves(make: Make, { from, until }: { from: number; until: (index: number, took: number) => boolean }) {
  const [node, postgres, begun] = [process.cpuUsage(), await cpuSeconds(bench.postmaster), performance.now()];
  let index = from;
  for (; !until(index, performance.now() - begun); index += atOnce) {
    await Promise.all(Array.from({ length: atOnce }, (_, place) => make(index + place)));
  }
  const took = performance.now() - begun;
  await decisions.flush();
  const [used, made] = [process.cpuUsage(node), index - from];
  const cpuMs = {
    node: round((used.user + used.system) / 1000 / made),
    postgres: round((((await cpuSeconds(bench.postmaster)) - postgres) * 1000) / made),
  };
  return { manifestsPerSecond: Math.round(made / (took / 1000)), cpuMs };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
