import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareInstallation } from '@gangway/product/features/workspace/server/first-start.ts';
import type { Json } from '@gangway/product/kernel/json.ts';
import { publish, saveDraft } from '@gangway/product/pipeline/definitions.ts';
import { createPath } from '@gangway/product/pipeline/path.ts';
import { createMemoryCourier } from '@gangway/product/ports/courier/memory-courier.ts';
import { createMemoryFiles } from '@gangway/product/ports/files/memory-files.ts';
import { createMemorySignal } from '@gangway/product/ports/signal/memory-signal.ts';
import { createMemoryWarehouse } from '@gangway/product/ports/warehouse/memory-warehouse.ts';
import { startEmbeddedPostgres } from '@gangway/server/adapters/postgres/embedded/embedded-postgres.ts';
import { migrate } from '@gangway/server/adapters/postgres/migrate.ts';
import { createPool } from '@gangway/server/adapters/postgres/pool.ts';
import { createPostgresDb } from '@gangway/server/adapters/postgres/postgres-db.ts';
import { createPostgresEventLog } from '@gangway/server/adapters/postgres/postgres-event-log.ts';
import { domains } from '@gangway/server/domains.ts';
import { createContentStore } from '@gangway/server/page/content-store.ts';
import { createManifests } from '@gangway/server/page/manifests.ts';
import { createServices } from '@gangway/server/services.ts';
import { percentile } from './support/bench-server.ts';
import { liveRules, makeBatch } from './support/load-events.ts';

/** What deciding costs: one person's manifest with many published contents. Data statements, CPU and manifests a second of one thread. */
const { values } = parseArgs({
  options: {
    contents: { type: 'string', default: '500' },
    people: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '10' },
  },
});
const contents = Number(values.contents);
const people = Number(values.people);

const folder = await mkdtemp(join(tmpdir(), 'gangway-decide-'));
await chmod(folder, 0o755);
const postgres = await startEmbeddedPostgres({ dataFolder: folder });
const pool = createPool(postgres.url);
try {
  await migrate(pool);
  console.log(JSON.stringify(await measure()));
} finally {
  await pool.end();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

async function measure() {
  const clock = { now: () => Date.now() };
  const counter = { count: 0 };
  const db = createPostgresDb(pool, counter);
  const ports = {
    db,
    log: createPostgresEventLog(pool, { clock }),
    warehouse: createMemoryWarehouse(),
    courier: createMemoryCourier(),
    files: createMemoryFiles(),
    signal: createMemorySignal(),
  };
  const path = createPath({ ports, domains, clock, report: (error) => console.error(error) });
  const preset = { ports, sql: db, masterKey: Buffer.alloc(32, 1), mailbox: async () => [], close: async () => undefined };
  const services = createServices(preset, { clock, origin: () => 'http://bench' });
  const installation = await prepareInstallation(services, { email: 'bench@example.com', name: 'Bench', timezone: 'UTC' });
  const environment = installation.environments[0];
  if (!environment) throw new Error('no environment');
  const scope = { workspace: environment.workspace, environment: environment.id };
  for (const [index, { rule }] of liveRules(contents).entries()) {
    const author = { scope, slice: 'guides', id: `guide-${index}`, by: 'bench', now: clock.now() };
    const step = { id: 'one', title: 'One', body: [], placement: 'bottom', advanceOnClick: false, missing: 'skip', timeout: 1000 };
    const audience = { type: 'all', of: [rule, { type: 'page', path: `/boards/${index % 20}` }] };
    await db.transaction({ as: 'system' }, async (tx) => {
      await saveDraft(tx, author, { body: { name: author.id, audience, start: 'auto', steps: [step] } as unknown as Json, revision: 0 });
      await publish(tx, author, { revision: 1, everyone: false });
    });
  }
  while (await path.relay());
  for (let sent = 0; sent < people * 5; sent += 500) {
    await path.offer(scope, {
      body: { batch: makeBatch(500, people) as unknown as Json },
      context: { receivedAt: clock.now(), key: 'public', requestId: `r${sent}` },
    });
  }
  while (await path.apply(0));
  await pool.query('analyze');
  const manifests = createManifests({
    db,
    clock,
    content: createContentStore({ ...services, registries: path.registries }),
    door: services.door,
    unseal: services.unseal,
  });
  await manifests.make(scope, { anonymousId: 'a', userId: 'user-1' });
  return {
    name: 'decide',
    contents,
    people,
    ...(await timeManifests((index) => manifests.make(scope, { anonymousId: `a${index}`, userId: `user-${index % people}` }), counter)),
  };
}

async function timeManifests(make: (index: number) => Promise<{ signed: { manifest: string } }>, counter: { count: number }) {
  counter.count = 0;
  const { signed } = await make(7);
  const statements = counter.count;
  const cpu: number[] = [];
  const begun = performance.now();
  for (let index = 0; performance.now() - begun < (Number(values.seconds) * 1000) / 2; index++) {
    const before = process.cpuUsage();
    await make(index);
    const used = process.cpuUsage(before);
    cpu.push((used.user + used.system) / 1000);
  }
  const together = performance.now();
  let made = 0;
  while (performance.now() - together < (Number(values.seconds) * 1000) / 2) {
    await Promise.all(Array.from({ length: 8 }, (_, index) => make(made + index)));
    made += 8;
  }
  const manifestsPerSecond = Math.round(made / ((performance.now() - together) / 1000));
  return {
    statements,
    cpuP50Ms: round(percentile(cpu, 0.5)),
    cpuP99Ms: round(percentile(cpu, 0.99)),
    manifestsPerSecond,
    manifestBytes: signed.manifest.length,
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
