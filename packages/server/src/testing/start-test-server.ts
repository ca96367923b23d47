import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { prepareInstallation } from '@gangway/product/features/workspace/server/first-start.ts';
import type { EnvironmentRow, UserRow } from '@gangway/product/features/workspace/server/tables.ts';
import type { LoggedEntry } from '@gangway/product/kernel/entry.ts';
import type { Scope } from '@gangway/product/kernel/scope.ts';
import type { Space } from '@gangway/product/kernel/space.ts';
import { applyReader } from '@gangway/product/pipeline/apply.ts';
import { createPath, type Path, type Ports } from '@gangway/product/pipeline/path.ts';
import { outbox, readers } from '@gangway/product/pipeline/tables.ts';
import { createMemoryCourier } from '@gangway/product/ports/courier/memory-courier.ts';
import { createMemoryFiles } from '@gangway/product/ports/files/memory-files.ts';
import type { Services } from '@gangway/product/ports/http/route.ts';
import { createMemorySignal } from '@gangway/product/ports/signal/memory-signal.ts';
import { createMemoryWarehouse } from '@gangway/product/ports/warehouse/memory-warehouse.ts';
import type { Warehouse } from '@gangway/product/ports/warehouse/warehouse.ts';
import pino from 'pino';
import { createDuckdbWarehouse } from '../adapters/duckdb/duckdb-warehouse.ts';
import { createPostgresDb } from '../adapters/postgres/postgres-db.ts';
import { createPostgresEventLog } from '../adapters/postgres/postgres-event-log.ts';
import { createInProcessEngine } from '../backtests/in-process-engine.ts';
import { domains } from '../domains.ts';
import { type AppDeps, allRoutes, createApp } from '../http/app.ts';
import { createServices } from '../services.ts';
import { sha256 } from '../sha256.ts';
import { runPath } from '../worker/run-path.ts';
import { createBuiltFolders } from './built-folders.ts';
import { createCaller, type TestCaller } from './test-caller.ts';
import { createTestClock, type TestClock } from './test-clock.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';
import { signIn } from './test-workspace.ts';

/** The whole server over a database of its own, listening on a free port. */
export interface TestServer {
  readonly origin: string;
  readonly clock: TestClock;
  readonly services: Services;
  readonly ports: Ports & { readonly courier: ReturnType<typeof createMemoryCourier> };
  readonly path: Path;
  readonly database: TestDatabase;
  readonly routes: ReturnType<typeof allRoutes>;
  readonly user: UserRow;
  /** The production environment of the installation. */
  readonly environment: EnvironmentRow;
  readonly scope: Scope;
  /** Calls as the signed-in owner. */
  readonly owner: TestCaller;
  /** Calls with this cookie header, or with none. */
  as(cookie: string | undefined): TestCaller;
  /** Entries that could not be applied. */
  readonly setAside: readonly { readonly error: unknown; readonly entry: LoggedEntry }[];
  setReady(ready: boolean): void;
  /** How much room the disk seems to have. */
  setSpace(space: Space): void;
  /** Resolves when everything that was appended is applied, relayed and projected. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the app as `npm start` composes it, with twins in memory for everything but the database
 * (and the warehouse, where a test asks for DuckDB). With `run`
 * (the default) the path works by itself; without it `settle` takes its steps, so that a test owns time.
 */
export async function startTestServer(
  options: { run?: boolean; warehouse?: 'memory' | 'duckdb' } & Pick<AppDeps, 'ingestLimits' | 'trustProxy'> = {},
): Promise<TestServer> {
  const [database, built] = await Promise.all([createTestDatabase(), createBuiltFolders()]);
  const clock = createTestClock();
  const warehouse =
    options.warehouse === 'duckdb' ? await createDuckdbWarehouse({ path: join(built.root, 'test.duckdb') }) : createMemoryWarehouse();
  const { ports, db } = createTestPorts(database, clock, warehouse);
  const state = { origin: '', ready: true, space: 'ample' as Space };
  const mailbox = async () => ports.courier.kept.map(({ id, to, subject, text }) => ({ id, to, subject, text, at: clock.now() }));
  const preset = { ports, sql: db, masterKey: randomBytes(32), mailbox, close: async () => undefined };
  const services = createServices(preset, { clock, origin: () => state.origin, space: () => state.space });
  const setAside: { error: unknown; entry: LoggedEntry }[] = [];
  const path = createPath({
    ports,
    domains,
    clock,
    digest: sha256,
    report: (error, entry) => setAside.push({ error, entry }),
    doors: services.door,
  });
  const installation = await prepareInstallation(services, { email: 'owner@example.com', name: 'Olive Owner', timezone: 'UTC' });
  const environment = installation.environments.find(({ kind }) => kind === 'production');
  if (!environment) throw new Error('an installation has a production environment');
  const running = options.run === false ? undefined : runPath({ path, signal: ports.signal, partitions: 1, report: () => undefined });
  const deps = {
    services,
    path,
    surroundings: { demo: () => null, mailbox },
    logger: pino({ level: 'silent' }),
    folders: built.folders,
    waiting: () => waitingIn(ports),
    ready: () => state.ready,
    backtestEngine: createInProcessEngine(ports.log),
    ...(options.ingestLimits ? { ingestLimits: options.ingestLimits } : {}),
    ...(options.trustProxy ? { trustProxy: options.trustProxy } : {}),
  };
  const { app, closeStreams } = createApp(deps);
  state.origin = await app.listen({ port: 0, host: '127.0.0.1' });
  const as = (cookie: string | undefined) => createCaller(state.origin, cookie);
  return {
    origin: state.origin,
    clock,
    services,
    ports,
    path,
    database,
    routes: allRoutes(deps),
    user: installation.owner,
    environment,
    scope: { workspace: environment.workspace, environment: environment.id },
    owner: as(await signIn(services, installation.owner)),
    as,
    setAside,
    setReady: (ready) => {
      state.ready = ready;
    },
    setSpace: (space) => {
      state.space = space;
    },
    settle: () => (running ? waitUntilSettled(ports) : takeSteps(path)),
    stop: async () => {
      closeStreams();
      await app.close();
      await running?.stop();
      await warehouse.close();
      await database.drop();
      await built.remove();
    },
  };
}

function createTestPorts(database: TestDatabase, clock: TestClock, warehouse: Warehouse) {
  const db = createPostgresDb(database.pool);
  const ports = {
    db,
    log: createPostgresEventLog(database.pool, { clock }),
    warehouse,
    courier: createMemoryCourier(),
    files: createMemoryFiles(),
    signal: createMemorySignal(),
  };
  return { ports, db };
}

async function appliedTo({ db }: Ports): Promise<number> {
  const [row] = await db.transaction({ as: 'system' }, (tx) => tx.get(readers, [{ reader: applyReader, partition: 0 }]));
  return row?.position ?? 0;
}

async function waitingIn(ports: Ports): Promise<number> {
  return (await ports.log.end(0)) - (await appliedTo(ports));
}

/** Looks until nothing is on its way; throws after ten seconds, so that a stuck path names itself. */
async function waitUntilSettled(ports: Ports): Promise<void> {
  for (let attempt = 0; attempt < 1000; attempt++) {
    const end = await ports.log.end(0);
    const taken = (await appliedTo(ports)) === end && (await ports.warehouse.position(0)) === end;
    // Asked last, in this order: what was applied may have put something into the outbox, and the relay moves it into the log.
    const leaving = taken ? await ports.db.transaction({ as: 'system' }, (tx) => tx.list(outbox, { limit: 1 })) : [];
    if (taken && leaving.length === 0 && (await ports.log.end(0)) === end) return;
    await sleep(10);
  }
  throw new Error('the path does not come to rest');
}

async function takeSteps(path: Path): Promise<void> {
  const steps = [
    () => path.wake(),
    () => path.relay(),
    () => path.apply(0),
    () => path.project(0),
    () => path.dispatch(),
    () => path.prepare(),
  ];
  for (let moved = true; moved; ) {
    moved = false;
    for (const step of steps) if (await step()) moved = true;
  }
}
