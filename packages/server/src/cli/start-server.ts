import { once } from 'node:events';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Installation, prepareInstallation } from '@gangway/product/features/workspace/server/first-start.ts';
import { createSignInLink } from '@gangway/product/features/workspace/server/sessions.ts';
import { Problem } from '@gangway/product/kernel/problem.ts';
import { applyReader } from '@gangway/product/pipeline/apply.ts';
import { createPath, type Path } from '@gangway/product/pipeline/path.ts';
import { readers } from '@gangway/product/pipeline/tables.ts';
import type { Services } from '@gangway/product/ports/http/route.ts';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { createInProcessEngine } from '../backtests/in-process-engine.ts';
import { createThreadEngine } from '../backtests/thread-engine.ts';
import { type DemoApp, startDemoApp } from '../demo/demo-app.ts';
import { seedDemo } from '../demo/seed-demo.ts';
import { domains } from '../domains.ts';
import { createApp } from '../http/app.ts';
import { readIngestLimits } from '../http/ingest-limits/read-ingest-limits.ts';
import { readProxyTrust } from '../http/ingest-limits/read-proxy-trust.ts';
import { startServerCount } from '../http/ingest-limits/server-count.ts';
import { choosePreset } from '../presets/choose-preset.ts';
import { watchDisk } from '../presets/disk-watch.ts';
import { type Close, openInOrder } from '../presets/open-in-order.ts';
import type { Preset, PresetOptions } from '../presets/preset.ts';
import { systemClock } from '../presets/system-clock.ts';
import { createServices } from '../services.ts';
import { sha256 } from '../sha256.ts';
import { applyInThread } from '../worker/apply-thread.ts';
import { runPath } from '../worker/run-path.ts';

export interface ServerOptions extends PresetOptions {
  /** Root of the checkout: built files and the example lie there. */
  readonly root: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly host: string;
  /** Where browsers reach this server, when that is not `http://host:port`. */
  readonly publicUrl?: string;
  /** Port of the demo application; undefined = none runs. */
  readonly demoPort: number | undefined;
  readonly owner: { readonly email: string; readonly name: string; readonly timezone: string; readonly workspace?: string };
  readonly logger: FastifyBaseLogger;
}

/** What a newcomer needs to know. */
export interface Addresses {
  readonly dashboard: string;
  readonly portal: string;
  readonly demo: string | null;
  /** Signs the owner in, once, within half an hour. */
  readonly signIn: string;
}

export interface RunningServer {
  readonly addresses: Addresses;
  /** Readiness false, what is in flight answered, everything written, everything stopped. */
  stop(): Promise<void>;
}

/** Starts everything in order. What was started is stopped again when a later part fails. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { addresses, close } = await openInOrder(
    async (started) => ({ addresses: await startParts(options, started) }),
    (error) => options.report(error, 'stopping'),
  );
  return { addresses, stop: close };
}

async function startParts(options: ServerOptions, started: Close[]): Promise<Addresses> {
  const preset = await choosePreset(options);
  started.push(preset.close);
  const disk = await watchDisk({ folder: options.dataFolder, report: (sentence) => options.report(new Error(sentence), 'disk') });
  started.push(async () => disk.stop());
  const state = { origin: options.publicUrl ?? '', demo: null as string | null, ready: false };
  const services = createServices(preset, { clock: systemClock, origin: () => state.origin, space: disk.space });
  const path = createPath({
    ports: preset.ports,
    domains,
    clock: systemClock,
    digest: sha256,
    report: (error, entry) => options.report(error, `entry ${entry.id} was set aside`),
    doors: services.door,
  });
  const installation = await prepareInstallation(services, options.owner);
  const { signal, log } = preset.ports;
  const { report } = options;
  const running = runPath({
    ...{ path, signal, partitions: log.partitions, report },
    ...(preset.threadStore ? { startApplying: applyInThread({ store: preset.threadStore, signal, report }) } : {}),
  });
  started.push(() => running.stop());
  const servers = await startServerCount({
    db: preset.ports.db,
    clock: systemClock,
    // The same after a restart, so that one that was killed does not count beside its successor.
    id: services.digest(`server ${hostname()} ${options.dataFolder}`),
    report: (error) => options.report(error, 'counting servers'),
  });
  started.push(servers.stop);
  const folders = { web: join(options.root, 'packages', 'web', 'dist'), sdk: join(options.root, 'packages', 'sdk', 'dist') };
  const surroundings = { demo: () => state.demo, mailbox: preset.mailbox };
  const { app, closeStreams } = createApp({
    services,
    path,
    surroundings,
    logger: options.logger,
    folders,
    waiting: () => waiting(preset),
    ready: () => state.ready,
    backtestEngine: preset.threadStore ? createThreadEngine(preset.threadStore) : createInProcessEngine(preset.ports.log),
    ingestLimits: readIngestLimits(options.environment),
    servers: servers.count,
    trustProxy: readProxyTrust(options.environment.TRUST_PROXY),
  });
  started.push(async () => {
    state.ready = false;
    closeStreams();
    await app.close();
  });
  const listening = await listen(app, options);
  state.origin = options.publicUrl ?? listening;
  state.ready = true;

  const demo = await startDemo(options, { services, path, installation, origin: state.origin });
  if (demo) started.push(demo.stop);
  state.demo = demo?.url ?? null;
  const token = await createSignInLink(services, installation.owner);
  return { dashboard: `${state.origin}/`, portal: `${state.origin}/portal/`, demo: state.demo, signIn: `${state.origin}/sign-in#${token}` };
}

/** The demo application beside us, and what it needs in its environment; undefined when none is wanted or there is none. */
async function startDemo(
  options: ServerOptions,
  parts: { services: Services; path: Path; installation: Installation; origin: string },
): Promise<DemoApp | undefined> {
  const environment = parts.installation.environments.find((each) => each.kind === 'demo');
  if (options.demoPort === undefined || !environment) return undefined;
  const demo = await startDemoApp({
    root: options.root,
    port: options.demoPort,
    host: options.host,
    gangway: parts.origin,
    writeKey: environment.writeKey,
    dataFolder: join(options.dataFolder, 'demo'),
    report: options.progress,
  });
  const scope = { workspace: environment.workspace, environment: environment.id };
  if (demo) await seedDemo({ services: parts.services, path: parts.path, scope, demoUrl: demo.url, owner: parts.installation.owner });
  return demo;
}

async function listen(app: FastifyInstance, { port, host }: ServerOptions): Promise<string> {
  try {
    await app.listen({ port, host });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new Problem(
        'port_in_use',
        500,
        `Port ${port} is in use. Stop what uses it, or choose another with PORT (0 picks a free one). Nothing was changed.`,
      );
    }
    throw error;
  }
  if (!app.server.listening) await once(app.server, 'listening');
  const address = app.server.address();
  const actual = address !== null && typeof address === 'object' ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? 'localhost' : host}:${actual}`;
}

/** Batches of the log that wait to be applied. */
async function waiting({ ports }: Preset): Promise<number> {
  let total = 0;
  for (let partition = 0; partition < ports.log.partitions; partition++) {
    const [row] = await ports.db.transaction({ as: 'system' }, (tx) => tx.get(readers, [{ reader: applyReader, partition }]));
    total += (await ports.log.end(partition)) - (row?.position ?? 0);
  }
  return total;
}
