import type { KeyHolder } from '@gangway/product/features/workspace/server/reader.ts';
import type { Clock } from '@gangway/product/kernel/clock.ts';
import { isObject, type Json, type JsonObject } from '@gangway/product/kernel/json.ts';
import { Problem } from '@gangway/product/kernel/problem.ts';
import type { Space } from '@gangway/product/kernel/space.ts';
import { limits, type Verdict } from '@gangway/product/pipeline/accept.ts';
import type { Path } from '@gangway/product/pipeline/path.ts';
import { bytesForAll } from '@gangway/product/pipeline/request-parts.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IngestLimiter } from './ingest-limits/ingest-limiter.ts';
import { parseJsonObject } from './parse-json.ts';
import { readBody } from './read-body.ts';

export interface IngestDeps {
  readonly path: Path;
  readonly clock: Clock;
  /** The holder of a key, undefined for an unknown one. */
  findKey(key: string): Promise<KeyHolder | undefined>;
  readonly limiter: IngestLimiter;
  /** False while starting or stopping: nothing is taken then. */
  ready(): boolean;
  space(): Space;
}

const short: Readonly<Record<string, string>> = { i: 'identify', t: 'track', p: 'page', s: 'screen', g: 'group', a: 'alias', b: 'batch' };

/**
 * Segment's tracking interface. Bodies of any content type are JSON, gzip or not, because that is what clients
 * send. Registered in a context of its own, where nothing else parses bodies.
 */
export function registerIngest(app: FastifyInstance, deps: IngestDeps): void {
  app.register(async (ingest) => {
    ingest.removeAllContentTypeParsers();
    ingest.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    for (const name of [...Object.keys(short), ...Object.values(short), 'import']) {
      ingest.options(`/v1/${name}`, (request, reply) => preflight(request, reply));
      ingest.post(`/v1/${name}`, (request, reply) => take(short[name] ?? name, request, reply, deps));
    }
    ingest.options('/v1/m', (request, reply) => preflight(request, reply));
    ingest.post('/v1/m', (request, reply) => dropMetrics(request, reply));
  });
}

/** Anybody's page may send with its public key; no cookie is ever read here, so none is allowed to travel. */
export function allowAnyOrigin(reply: FastifyReply): FastifyReply {
  return reply.header('access-control-allow-origin', '*').header('vary', 'origin');
}

function preflight(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return allowAnyOrigin(reply)
    .header('access-control-allow-methods', 'POST')
    .header('access-control-allow-headers', request.headers['access-control-request-headers'] ?? 'content-type, authorization')
    .header('access-control-max-age', '86400')
    .status(204)
    .send();
}

/** Figures about the client itself, which some of Segment's libraries send: answered, so that they do not try again, and dropped. */
async function dropMetrics(request: FastifyRequest, reply: FastifyReply): Promise<Json> {
  allowAnyOrigin(reply);
  await readBody(request.raw, { bytes: limits.batchBytes });
  return { success: true };
}

async function take(name: string, request: FastifyRequest, reply: FastifyReply, deps: IngestDeps): Promise<Json> {
  allowAnyOrigin(reply).header('access-control-expose-headers', 'retry-after, x-ratelimit-reset');
  if (!deps.ready())
    throw new Problem('not_ready', 503, 'The server is starting or stopping. Nothing was acknowledged; send it again in a few seconds.');
  if (deps.space() === 'full')
    throw new Problem('no_space', 503, 'The disk of the server is full. Nothing of this was kept; send it again in half a minute.', {
      retryAfter: 30,
    });
  deps.limiter.admitAddress(request.ip, deps.clock.now());
  const room = roomFor(request);
  // Of an address first: one that opens many slow requests fills its own share, not the server.
  return holding(deps.limiter.hold(`from ${request.ip}`, room), () =>
    holding(deps.limiter.hold(undefined, room), () => store(name, request, deps)),
  );
}

async function holding<T>(release: () => void, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    release();
  }
}

/** What a request takes of the memory: what it says, and the most it may when it says nothing or is packed. */
function roomFor(request: FastifyRequest): number {
  const { 'content-length': length, 'content-encoding': encoding } = request.headers;
  const known = length !== undefined && (encoding === undefined || encoding === 'identity');
  return known ? Math.min(Number(length) || 0, limits.batchBytes) : limits.batchBytes;
}

async function store(name: string, request: FastifyRequest, deps: IngestDeps): Promise<Json> {
  const text = await readBody(request.raw, { bytes: limits.batchBytes });
  const parsed = parseJsonObject(text);
  const key = keyOf(request, parsed);
  const holder = await deps.findKey(key);
  if (!holder)
    throw new Problem(
      'unknown_key',
      401,
      'This write key is not known, or was revoked. Nothing was kept. Copy the key from Settings → Keys.',
    );
  if (holder.kind === 'secret' && request.headers.origin !== undefined) {
    throw new Problem(
      'secret_key_in_browser',
      403,
      'A secret key was used in a page. Use the write key there, and revoke this secret key: everybody who saw the page has it.',
    );
  }
  const body = withType(name, parsed);
  if (Array.isArray(body.batch)) refuseHeavy(body, body.batch.length);
  return holding(deps.limiter.hold(`key ${key}`, text.length), () => {
    deps.limiter.admit({ scope: holder.scope, key, ...countEvents(body, holder) }, deps.clock.now());
    return offer(request, { body, holder, deps });
  });
}

/** A batch of many events, or one that says for each of many events what makes a gigabyte of half a megabyte. */
function refuseHeavy(body: JsonObject, events: number): void {
  if (events > limits.batchEvents)
    throw new Problem(
      'too_many_events',
      400,
      `A batch may have ${limits.batchEvents} events. Nothing of it was kept; send smaller batches.`,
    );
  if (events * bytesForAll(body) > limits.spreadBytes)
    throw new Problem(
      'too_large',
      400,
      `The context and integrations of a batch belong to each of its events: together they may have ${limits.spreadBytes} bytes. Nothing of it was kept; send smaller batches, or say less for all.`,
    );
}

/** How many events, and of whom: one person's page may not use up what the others need. */
function countEvents(body: JsonObject, holder: KeyHolder): { events: number; people: ReadonlyMap<string, number> } {
  const batch = Array.isArray(body.batch) ? (body.batch as readonly Json[]) : [body];
  const people = new Map<string, number>();
  for (const event of holder.kind === 'public' ? batch : []) {
    const person = isObject(event) ? (event.userId ?? event.anonymousId) : undefined;
    if (typeof person === 'string' || typeof person === 'number') people.set(String(person), (people.get(String(person)) ?? 0) + 1);
  }
  return { events: batch.length, people };
}

async function offer(request: FastifyRequest, input: { body: JsonObject; holder: KeyHolder; deps: IngestDeps }): Promise<Json> {
  const { body, holder, deps } = input;
  const { verdicts } = await deps.path.offer(holder.scope, {
    body,
    context: {
      receivedAt: deps.clock.now(),
      key: holder.kind,
      requestId: request.id,
      sender: { address: request.ip, page: request.headers.origin !== undefined },
    },
  });
  refuseForged(verdicts, Array.isArray(body.batch));
  return {
    success: true,
    verdicts: verdicts.map(
      ({ index, messageId, refusal }): Json =>
        refusal
          ? { index, messageId, verdict: 'rejected', reason: refusal.reason, path: refusal.path, message: refusal.message }
          : { index, messageId, verdict: 'accepted' },
    ),
  };
}

/** A single call whose token proves nothing is answered so; a batch is never refused for one of its events. */
function refuseForged([verdict]: readonly Verdict[], batch: boolean): void {
  const refusal = batch ? undefined : verdict?.refusal;
  if (!refusal?.reason.startsWith('identity_token_')) return;
  throw new Problem(refusal.reason, 401, `${refusal.message} The event was kept with the refused ones, and changed nothing.`);
}

/** A single call gets its type from the path, a batch call from each of its items. */
function withType(name: string, body: JsonObject): JsonObject {
  if (name !== 'batch' && name !== 'import') return { ...body, type: name };
  if (!Array.isArray(body.batch)) throw new Problem('no_batch', 400, 'A batch call has a list “batch”. Nothing of it was kept.');
  return body;
}

/** HTTP Basic (key as user), else `writeKey` in the body or in the first event. */
function keyOf(request: FastifyRequest, body: JsonObject): string {
  const header = request.headers.authorization ?? '';
  if (header.startsWith('Basic ')) return Buffer.from(header.slice(6), 'base64').toString('utf8').split(':', 1)[0] ?? '';
  if (header.startsWith('Bearer ')) return header.slice(7);
  if (typeof body.writeKey === 'string') return body.writeKey;
  const first = Array.isArray(body.batch) ? (body.batch[0] as Json | undefined) : undefined;
  return isObject(first) && typeof first.writeKey === 'string' ? first.writeKey : '';
}
