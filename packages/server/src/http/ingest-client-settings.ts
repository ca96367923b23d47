import type { KeyHolder } from '@gangway/product/features/workspace/server/reader.ts';
import type { JsonObject } from '@gangway/product/kernel/json.ts';
import { Problem } from '@gangway/product/kernel/problem.ts';
import type { FastifyInstance } from 'fastify';
import { allowAnyOrigin } from './ingest-routes.ts';

export interface ClientSettingsDeps {
  /** The holder of a key, undefined for an unknown one. */
  findKey(key: string): Promise<KeyHolder | undefined>;
  /** Our own origin, as pages must call it. */
  origin(): string;
}

/**
 * What Segment's browser library asks its CDN for before it sends: `GET /v1/projects/:writeKey/settings`. With it,
 * `AnalyticsBrowser.load({ writeKey, cdnURL })` sends everything here and loads nothing from anybody else.
 */
export function registerClientSettings(app: FastifyInstance, deps: ClientSettingsDeps): void {
  app.get('/v1/projects/:writeKey/settings', async (request, reply) => {
    allowAnyOrigin(reply);
    const { writeKey } = request.params as { writeKey: string };
    const holder = await deps.findKey(writeKey);
    if (holder?.kind !== 'public')
      throw new Problem('unknown_key', 404, 'This write key is not known, or was revoked. Copy it from Settings → Keys.');
    return reply.header('cache-control', 'public, max-age=60').send(clientSettings(writeKey, deps.origin()));
  });
}

/** The document: one destination, which is us; no plan that blocks events; no code from elsewhere; no metrics of the client. */
function clientSettings(writeKey: string, origin: string): JsonObject {
  const { host, protocol } = new URL(origin);
  const api = { apiHost: `${host}/v1`, protocol: protocol.replace(':', '') };
  return {
    integrations: { 'Segment.io': { apiKey: writeKey, ...api, bundlingStatus: 'bundled', unbundledIntegrations: [] } },
    plan: { track: {}, identify: {}, group: {} },
    edgeFunction: {},
    analyticsNextEnabled: true,
    enabledMiddleware: {},
    middlewareSettings: { routingRules: [] },
    remotePlugins: [],
    legacyVideoPluginsEnabled: false,
    metrics: { sampleRate: 0, host: api.apiHost, protocol: api.protocol },
  };
}
