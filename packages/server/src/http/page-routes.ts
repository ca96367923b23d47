import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyHolder } from '@gangway/product/features/workspace/server/reader.ts';
import { findEnvironment } from '@gangway/product/features/workspace/server/reader.ts';
import type { Clock } from '@gangway/product/kernel/clock.ts';
import type { Doors } from '@gangway/product/kernel/door.ts';
import type { LoaderConfig } from '@gangway/product/kernel/manifest.ts';
import { Problem } from '@gangway/product/kernel/problem.ts';
import type { Db } from '@gangway/product/ports/db/db.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ContentStore } from '../page/content-store.ts';
import type { Manifests } from '../page/manifests.ts';
import { isProved, type PageAsked } from '../page/page-asked.ts';
import type { Streams } from '../page/streams.ts';
import { allowAnyOrigin } from './ingest-routes.ts';
import { parseJsonObject } from './parse-json.ts';
import { readBody } from './read-body.ts';

export interface PageDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly door: Doors;
  readonly content: ContentStore;
  readonly manifests: Manifests;
  readonly streams: Streams;
  /** Folder of the built SDK. */
  readonly sdkFolder: string;
  findKey(key: string): Promise<KeyHolder | undefined>;
  /** Our own origin, as pages must call it. */
  origin(): string;
}

interface SdkFiles {
  readonly shell: string;
  readonly surfaces: Readonly<Record<string, string>>;
}

const manifestRequest = z.object({
  writeKey: z.string().max(200),
  anonymousId: z.string().min(1).max(512),
  userId: z.string().min(1).max(512).optional(),
  token: z.string().min(1).max(15_000).optional(),
});

/** What the page asks for: the loader, surfaces, the bundle, its manifest, a stream of it. */
export function registerPage(app: FastifyInstance, deps: PageDeps): void {
  const files = readFile(join(deps.sdkFolder, 'manifest.json'), 'utf8').then((text) => JSON.parse(text) as SdkFiles);
  const shell = files.then(({ shell: name }) => readFile(join(deps.sdkFolder, name), 'utf8'));
  const config = async (writeKey: string): Promise<LoaderConfig> => {
    const holder = await deps.findKey(writeKey);
    const environment = holder && (await findEnvironment(deps.db, holder.scope.environment));
    if (!holder || !environment || holder.kind !== 'public') throw new Problem('unknown_key', 404, 'This write key is not known.');
    const { hash, registry } = await deps.content.published(holder.scope);
    const used = new Set(registry.surfaces.map(({ surface }) => surface.kind));
    const host = deps.origin();
    const surfaces = Object.fromEntries(
      Object.entries((await files).surfaces)
        .filter(([name]) => used.has(name))
        .map(([name, file]) => [name, `${host}/sdk/${file}`]),
    );
    return { writeKey, environment: environment.id, host, bundle: hash, publicKey: environment.publicKey, surfaces };
  };

  app.get('/sdk/:file', async (request, reply) => {
    const { file } = request.params as { file: string };
    const writeKey = file.replace(/\.(js|json)$/, '');
    const found = await config(writeKey);
    allowAnyOrigin(reply).header('cache-control', 'public, max-age=60').header('x-content-type-options', 'nosniff');
    if (file.endsWith('.json')) return reply.send(found);
    const body = `globalThis.__gangway_config=${JSON.stringify(found).replaceAll('<', '\\u003c')};\n${await shell}`;
    return withTag(request, reply.type('text/javascript; charset=utf-8'), body);
  });

  app.get('/v1/bundle/:environment/:file', async (request, reply) => {
    const { environment, file } = request.params as { environment: string; file: string };
    const text = await deps.content.bundle(environment, file.replace(/\.json$/, ''));
    allowAnyOrigin(reply);
    if (text === undefined) throw new Problem('not_found', 404, 'There is no such bundle.');
    return reply.header('cache-control', 'public, max-age=31536000, immutable').type('application/json; charset=utf-8').send(text);
  });

  app.register(async (page) => {
    page.removeAllContentTypeParsers();
    page.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    page.post('/v1/manifest', async (request, reply) => {
      allowAnyOrigin(reply).header('cache-control', 'no-store');
      const { holder, asked } = await identify(request, deps);
      return (await deps.manifests.make(holder.scope, asked)).signed;
    });
    page.post('/v1/stream', async (request, reply) => {
      const { holder, asked } = await identify(request, deps);
      reply.hijack();
      reply.raw.writeHead(200, {
        'access-control-allow-origin': '*',
        'cache-control': 'no-store',
        'content-type': 'application/x-ndjson',
        'x-accel-buffering': 'no',
      });
      reply.raw.flushHeaders();
      deps.streams.open(holder.scope, asked, reply.raw);
    });
  });
}

function withTag(request: FastifyRequest, reply: FastifyReply, body: string): FastifyReply {
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  reply.header('etag', tag);
  return request.headers['if-none-match'] === tag ? reply.status(304).send() : reply.send(body);
}

async function identify(request: FastifyRequest, deps: PageDeps): Promise<{ holder: KeyHolder; asked: PageAsked }> {
  const parsed = manifestRequest.safeParse(parseJsonObject(await readBody(request.raw, { bytes: 16_384 })));
  if (!parsed.success)
    throw new Problem('invalid_body', 400, 'The request names a “writeKey”, an “anonymousId” and, when known, a “userId”.');
  const holder = await deps.findKey(parsed.data.writeKey);
  if (!holder) throw new Problem('unknown_key', 401, 'This write key is not known, or was revoked.');
  const { anonymousId, userId, token } = parsed.data;
  const asked: PageAsked = { anonymousId, ...(userId === undefined ? {} : { userId }), ...(token === undefined ? {} : { token }) };
  // Before a stream is opened: its answer has no status that could still say so.
  isProved(asked, { door: await deps.door(holder.scope), now: deps.clock.now() });
  return { holder, asked };
}
