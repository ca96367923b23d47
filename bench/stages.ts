import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareInstallation } from '@gangway/product/features/workspace/server/first-start.ts';
import type { Json } from '@gangway/product/kernel/json.ts';
import { publish, saveDraft } from '@gangway/product/pipeline/definitions.ts';
import { createPath, type Path } from '@gangway/product/pipeline/path.ts';
import { createMemoryCourier } from '@gangway/product/ports/courier/memory-courier.ts';
import { createMemoryFiles } from '@gangway/product/ports/files/memory-files.ts';
import { createMemorySignal } from '@gangway/product/ports/signal/memory-signal.ts';
import { createDuckdbWarehouse } from '@gangway/server/adapters/duckdb/duckdb-warehouse.ts';
import { startEmbeddedPostgres } from '@gangway/server/adapters/postgres/embedded/embedded-postgres.ts';
import { migrate } from '@gangway/server/adapters/postgres/migrate.ts';
import { createPool } from '@gangway/server/adapters/postgres/pool.ts';
import { createPostgresDb } from '@gangway/server/adapters/postgres/postgres-db.ts';
import { createPostgresEventLog } from '@gangway/server/adapters/postgres/postgres-event-log.ts';
import { domains } from '@gangway/server/domains.ts';
import { createServices } from '@gangway/server/services.ts';
import { cpuSeconds } from './support/cpu-time.ts';
import { liveRules, makeBatch } from './support/load-events.ts';

/**
 * What each stage of the path costs: microseconds of CPU an event, in this process and in PostgreSQL, one stage
 * after the other and without HTTP. Says where the time of `ingest` goes, also on a machine that others use.
 */
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '60000' },
    people: { type: 'string', default: '200000' },
    rules: { type: 'string', default: '30' },
    rounds: { type: 'string', default: '3' },
  },
});
const events = Number(values.events);
const people = Number(values.people);
const batchSize = 100;

const folder = await mkdtemp(join(tmpdir(), 'gangway-stages-'));
await chmod(folder, 0o755);
const postgres = await startEmbeddedPostgres({ dataFolder: folder });
const postmaster = Number((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n', 1)[0]);
const pool = createPool(postgres.url);
const warehouse = await createDuckdbWarehouse({ path: join(folder, 'stages.duckdb') });
try {
  await migrate(pool);
  console.log(JSON.stringify(await measure()));
} finally {
  await warehouse.close();
  await pool.end();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

async function measure() {
  const clock = { now: () => Date.now() };
  const db = createPostgresDb(pool);
  const log = createPostgresEventLog(pool, { clock });
  const ports = { db, log, warehouse, courier: createMemoryCourier(), files: createMemoryFiles(), signal: createMemorySignal() };
  const path = createPath({ ports, domains, clock, report: (error) => console.error(error) });
  const preset = { ports, sql: db, masterKey: Buffer.alloc(32, 1), mailbox: async () => [], close: async () => undefined };
  const services = createServices(preset, { clock, origin: () => 'http://bench' });
  const installation = await prepareInstallation(services, { email: 'bench@example.com', name: 'Bench', timezone: 'UTC' });
  const environment = installation.environments[0];
  if (!environment) throw new Error('no environment');
  const scope = { workspace: environment.workspace, environment: environment.id };
  for (const { id, rule } of liveRules(Number(values.rules))) {
    const author = { scope, slice: 'milestones', id, by: 'bench', now: clock.now() };
    const body = { name: id, description: '', subject: 'person', rule, role: 'progress' } as unknown as Json;
    await db.transaction({ as: 'system' }, async (tx) => {
      await saveDraft(tx, author, { body, revision: 0 });
      await publish(tx, author, { revision: 1, everyone: false });
    });
  }
  while (await path.relay());
  while (await path.apply(0));
  const rounds = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    rounds.push(await measureRound(path, scope));
    console.error(JSON.stringify(rounds.at(-1)));
  }
  return { name: 'stages', events, people, rules: Number(values.rules), cpuMicrosAnEvent: rounds.at(-1) };
}

async function measureRound(path: Path, scope: { workspace: string; environment: string }) {
  const bodies = Array.from({ length: events / batchSize }, () => JSON.stringify({ batch: makeBatch(batchSize, people) }));
  const accept = await cost(async () => {
    // Eight clients at a time, as many as share a flush in `ingest`.
    for (let sent = 0; sent < bodies.length; sent += 8) {
      const some = bodies.slice(sent, sent + 8);
      await Promise.all(
        some.map((body, index) =>
          path.offer(scope, { body: JSON.parse(body), context: { receivedAt: Date.now(), key: 'public', requestId: `${sent}-${index}` } }),
        ),
      );
    }
  });
  const apply = await cost(async () => {
    while (await path.apply(0));
  });
  const project = await cost(async () => {
    while (await path.project(0));
  });
  return { accept, apply, project };
}

async function cost(work: () => Promise<void>): Promise<{ node: number; postgres: number }> {
  const [node, server] = [process.cpuUsage(), await cpuSeconds(postmaster)];
  await work();
  const used = process.cpuUsage(node);
  const postgresUsed = (await cpuSeconds(postmaster)) - server;
  return { node: round((used.user + used.system) / events), postgres: round((postgresUsed * 1e6) / events) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
