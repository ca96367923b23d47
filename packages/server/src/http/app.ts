import { randomUUID } from 'node:crypto';
import { cohortRoutes } from '@gangway/product/features/cohorts/server/routes.ts';
import { erasureRoutes } from '@gangway/product/features/identity/server/erasure-routes.ts';
import { createErasureRunner } from '@gangway/product/features/identity/server/erasure-runner.ts';
import { identityRoutes } from '@gangway/product/features/identity/server/routes.ts';
import { createImportRunner } from '@gangway/product/features/imports/server/import-runner.ts';
import { importRoutes } from '@gangway/product/features/imports/server/routes.ts';
import { failedRoutes } from '@gangway/product/features/people/server/failed-routes.ts';
import { ingestionRoutes } from '@gangway/product/features/people/server/ingestion-routes.ts';
import { peopleRoutes } from '@gangway/product/features/people/server/routes.ts';
import { varietyRoutes } from '@gangway/product/features/people/server/variety-routes.ts';
import { planRoutes } from '@gangway/product/features/plans/server/routes.ts';
import { findGuest } from '@gangway/product/features/portal/server/guest-sessions.ts';
import { guestCookie, portalRoutes } from '@gangway/product/features/portal/server/routes.ts';
import { reportRoutes } from '@gangway/product/features/reports/server/routes.ts';
import { segmentRoutes } from '@gangway/product/features/segments/server/routes.ts';
import { findEnvironment, findKey, type KeyHolder } from '@gangway/product/features/workspace/server/reader.ts';
import { type Surroundings, sessionCookie, workspaceRoutes } from '@gangway/product/features/workspace/server/routes.ts';
import { findCaller } from '@gangway/product/features/workspace/server/sessions.ts';
import type { Path } from '@gangway/product/pipeline/path.ts';
import type { Caller, Route, Services } from '@gangway/product/ports/http/route.ts';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import type { BacktestEngine } from '../backtests/backtest-engine.ts';
import { createBacktestRunner } from '../backtests/backtest-runner.ts';
import { createDecisionRecorder } from '../decisions/decision-recorder.ts';
import { domains } from '../domains.ts';
import { createContentStore } from '../page/content-store.ts';
import { createManifests } from '../page/manifests.ts';
import { createStreams } from '../page/streams.ts';
import { allTables } from '../tables.ts';
import { backtestRoutes } from './backtest-routes.ts';
import { readCookie } from './cookies.ts';
import { decisionRoutes } from './decision-routes.ts';
import { definitionRoutes, publishRoutes } from './definition-routes.ts';
import { explainRoutes } from './explain-routes.ts';
import { registerClientSettings } from './ingest-client-settings.ts';
import { createIngestLimiter, type IngestLimiter } from './ingest-limits/ingest-limiter.ts';
import { defaultIngestLimits, type IngestLimits } from './ingest-limits/read-ingest-limits.ts';
import type { ProxyTrust } from './ingest-limits/read-proxy-trust.ts';
import { registerIngest } from './ingest-routes.ts';
import { registerLiveStream } from './live-stream.ts';
import { registerPage } from './page-routes.ts';
import { replyWithProblem } from './problem-reply.ts';
import { reachRoutes } from './reach-routes.ts';
import { type Gate, registerRoutes } from './register-routes.ts';
import { registerWeb } from './web-routes.ts';

export interface AppDeps {
  readonly services: Services;
  readonly path: Path;
  readonly surroundings: Surroundings;
  readonly logger: FastifyBaseLogger;
  /** Absent = the defaults. */
  readonly ingestLimits?: IngestLimits;
  /** How many servers share the limits; absent = this one alone. */
  readonly servers?: () => number;
  /** Who may say from where a request came; absent = nobody. */
  readonly trustProxy?: ProxyTrust | undefined;
  readonly backtestEngine: BacktestEngine;
  /** Built files: the dashboard and the portal, the SDK. */
  readonly folders: { readonly web: string; readonly sdk: string };
  /** Entries of the log that are not applied yet. */
  waiting(): Promise<number>;
  /** False while starting or stopping. */
  ready(): boolean;
}

const nobodyWakes = { imports: () => undefined, erasures: () => undefined, backtests: () => undefined };

/** Every route of the installation that goes through the gate: the one registry. */
export function allRoutes(
  deps: Pick<AppDeps, 'surroundings' | 'path' | 'waiting'>,
  limiter: IngestLimiter = createIngestLimiter(defaultIngestLimits),
  wake: { readonly imports: () => void; readonly erasures: () => void; readonly backtests: () => void } = nobodyWakes,
): Route[] {
  return [
    ...workspaceRoutes(deps.surroundings),
    ...identityRoutes,
    ...erasureRoutes(wake.erasures, allTables),
    ...peopleRoutes,
    ...ingestionRoutes(deps.waiting, limiter.turnedAway),
    ...failedRoutes,
    ...varietyRoutes,
    ...importRoutes(wake.imports),
    ...definitionRoutes,
    ...publishRoutes(domains, deps.path.registries),
    ...reachRoutes(domains, deps.path.registries),
    ...backtestRoutes(domains, wake.backtests),
    ...explainRoutes(deps.path.registries),
    ...decisionRoutes,
    ...planRoutes,
    ...portalRoutes,
    ...reportRoutes,
    ...segmentRoutes(deps.path.registries),
    ...cohortRoutes,
  ];
}

/** The HTTP face of a server. `closeStreams` ends what stays open, so that closing can come to an end. */
export function createApp(deps: AppDeps): { app: FastifyInstance; closeStreams: () => void } {
  const { services, path } = deps;
  const app = fastify({
    loggerInstance: deps.logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: 1_048_576,
    trustProxy: deps.trustProxy ?? false,
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 600 },
  });
  app.setErrorHandler(replyWithProblem);
  const gate = createGate(services);
  const keyHolders = createKeyCache(services);
  const limiter = createIngestLimiter(deps.ingestLimits ?? defaultIngestLimits, deps.servers);
  const content = createContentStore({ ...services, registries: path.registries });
  const decisions = createDecisionRecorder({
    ...services,
    report: (error) => deps.logger.error({ err: error }, 'decisions could not be kept'),
  });
  app.addHook('onClose', () => decisions.close());
  const manifests = createManifests({ ...services, content, decisions });
  const streams = createStreams({
    signal: services.signal,
    manifests,
    report: (error) => deps.logger.error({ err: error }, 'a stream ended'),
  });

  app.get('/livez', async () => ({ alive: true }));
  app.get('/readyz', async (_request, reply) => {
    const ready = deps.ready();
    return reply.status(ready ? 200 : 503).send({ ready, ingest: ready && services.space() !== 'full', dashboard: ready });
  });
  registerIngest(app, { path, clock: services.clock, findKey: keyHolders, ready: deps.ready, space: services.space, limiter });
  registerClientSettings(app, { findKey: keyHolders, origin: services.origin });
  registerPage(app, {
    db: services.db,
    clock: services.clock,
    door: services.door,
    content,
    manifests,
    streams,
    sdkFolder: deps.folders.sdk,
    findKey: keyHolders,
    origin: services.origin,
  });
  const imports = createImportRunner({
    services,
    offer: path.offer,
    waiting: deps.waiting,
    report: (error) => deps.logger.error({ err: error }, 'an import could not go on'),
  });
  const erasures = createErasureRunner({
    services,
    tables: allTables,
    report: (error) => deps.logger.error({ err: error }, 'a deletion could not go on'),
  });
  const backtests = createBacktestRunner({
    services,
    engine: deps.backtestEngine,
    report: (error) => deps.logger.error({ err: error }, 'a backtest failed'),
  });
  const runners = [imports, erasures, backtests];
  app.addHook('onReady', async () => {
    for (const runner of runners) runner.wake();
  });
  app.addHook('onClose', async () => {
    for (const runner of [...runners].reverse()) await runner.close();
  });
  const wake = { imports: imports.wake, erasures: erasures.wake, backtests: backtests.wake };
  registerRoutes(app, allRoutes(deps, limiter, wake), { services, gate });
  const closeLive = registerLiveStream(app, { gate, signal: services.signal });
  registerWeb(app, deps.folders);
  return {
    app,
    closeStreams: () => {
      closeLive();
      streams.close();
    },
  };
}

function createGate(services: Services): Gate {
  const nobody: Caller = { kind: 'nobody' };
  const owners = new Map<string, string>();
  const by = async (request: FastifyRequest, name: string, find: typeof findCaller) => {
    const cookie = readCookie(request, name);
    return cookie === undefined ? nobody : find(services, cookie);
  };
  return {
    owner: (request) => by(request, sessionCookie, findCaller),
    guest: (request) => by(request, guestCookie, findGuest),
    belongs: async (workspace, environment) => {
      // An environment never changes hands, so what was found once holds.
      const known = owners.get(environment) ?? (await findEnvironment(services.db, environment))?.workspace;
      if (known !== undefined) owners.set(environment, known);
      return known === workspace;
    },
  };
}

const keyLife = 5_000;

/** Keys are asked for with every batch: remembered for a few seconds, so that a revoked one ends soon. */
function createKeyCache(services: Services): (key: string) => Promise<KeyHolder | undefined> {
  const known = new Map<string, { holder: Promise<KeyHolder | undefined>; until: number }>();
  return (key) => {
    const now = services.clock.now();
    const hit = known.get(key);
    if (hit && hit.until > now) return hit.holder;
    if (known.size > 1_000) known.clear();
    const holder = key === '' ? Promise.resolve(undefined) : findKey(services.db, services.digest(key));
    known.set(key, { holder, until: now + keyLife });
    holder.catch(() => known.delete(key));
    return holder;
  };
}
