import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { FailedEvent, IngestionAnswer, PersonAnswer } from '@gangway/product/features/people/contract.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countFolded } from '../testing/count-folded.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic, newId, type TestAnswer } from '../testing/test-caller.ts';

interface Verdicts {
  readonly success: boolean;
  readonly verdicts: readonly { index: number; messageId: string; verdict: string; reason?: string; path?: string; message?: string }[];
}
interface ProblemBody {
  readonly code: string;
  readonly message: string;
}

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const track = (input: Record<string, unknown> = {}) => ({
  type: 'track',
  event: 'Card Moved',
  userId: 'ada',
  messageId: newId(),
  ...input,
});

/** Sends what a public key may send. */
function send(path: string, body: unknown, headers: Record<string, string> = {}): Promise<TestAnswer<Verdicts & ProblemBody>> {
  return server.as(undefined).post(path, body, { ...basic(server.environment.writeKey), ...headers });
}

/** Applied events with this name, of everybody. */
async function countOf(name: string): Promise<number> {
  await server.settle();
  return countFolded(server.ports.db, server.scope, name);
}

async function failedEvents(): Promise<readonly FailedEvent[]> {
  const { body } = await server.owner.get<{ events: FailedEvent[] }>(`/api/e/${server.environment.id}/failed?limit=200`);
  return body.events;
}

describe('a batch', () => {
  it('gives every event a verdict; a bad one refuses only itself and is kept with its reason and place', async () => {
    const name = `Hundred ${newId()}`;
    const batch: unknown[] = Array.from({ length: 100 }, () => track({ event: name }));
    batch[41] = { ...track({ event: name }), userId: undefined };
    const { status, body } = await send('/v1/batch', { batch });
    expect(status).toBe(200);
    expect(body.success).toBe(true);
    expect(body.verdicts.map(({ verdict }) => verdict).filter((verdict) => verdict === 'accepted')).toHaveLength(99);
    expect(body.verdicts[41]).toMatchObject({ index: 41, verdict: 'rejected', reason: 'no_identity', path: 'batch.41.userId' });
    expect(body.verdicts[41]?.message).toMatch(/needs a “userId” or an “anonymousId”/);
    expect(await countOf(name)).toBe(99);
    const kept = (await failedEvents()).find(({ path }) => path === 'batch.41.userId');
    expect(kept).toMatchObject({ reason: 'no_identity', body: { event: name } });
  });

  it('says of each kind of bad event which member is wrong, and keeps the good ones around it', async () => {
    const name = `Around ${newId()}`;
    const bad: [string, unknown][] = [
      ['not_an_object', 'hello'],
      ['not_an_object', null],
      ['not_an_object', []],
      ['unknown_type', { ...track(), type: 'purchase' }],
      ['unknown_type', { userId: 'ada' }],
      ['no_event_name', { ...track(), event: '  ' }],
      ['no_group', { type: 'group', userId: 'ada' }],
      ['no_previous', { type: 'alias', userId: 'ada' }],
      ['wrong_type', { ...track(), userId: { id: 1 } }],
      ['wrong_type', { ...track(), properties: [] }],
      ['id_too_long', { ...track(), userId: 'x'.repeat(513) }],
      ['id_too_long', { ...track(), messageId: 'x'.repeat(101) }],
      ['name_too_long', { ...track(), event: 'x'.repeat(201) }],
      ['event_too_large', { ...track(), properties: { text: 'x'.repeat(33_000) } }],
      ['too_deep', { ...track(), properties: JSON.parse(`${'{"a":'.repeat(30)}1${'}'.repeat(30)}`) }],
    ];
    const batch = bad.flatMap(([, event]) => [track({ event: name }), event]);
    const { status, body } = await send('/v1/batch', { batch: [...batch, track({ event: name })] });
    expect(status).toBe(200);
    expect(body.verdicts.filter(({ verdict }) => verdict === 'rejected').map(({ reason }) => reason)).toEqual(
      bad.map(([reason]) => reason),
    );
    expect(await countOf(name)).toBe(bad.length + 1);
  });

  it('69: counts a message id once, in one batch and over two', async () => {
    const name = `Twice ${newId()}`;
    const event = track({ event: name });
    await send('/v1/batch', { batch: [event, event, track({ event: name })] });
    await send('/v1/track', event);
    expect(await countOf(name)).toBe(2);
  });

  it('51: of 2,501 events is refused as a whole with the bound in the sentence', async () => {
    const name = `Many ${newId()}`;
    const batch = Array.from({ length: 2501 }, (_, index) => ({ type: 'track', event: name, userId: 'u', messageId: `${name}-${index}` }));
    const { status, body } = await send('/v1/batch', { batch });
    expect([status, body.code]).toEqual([400, 'too_many_events']);
    expect(body.message).toContain('2500');
    expect((await send('/v1/batch', { batch: batch.slice(0, 2500) })).status).toBe(200);
    expect(await countOf(name)).toBe(2500);
  });

  it('that says so much for all its events that they would be gigabytes is refused as a whole', async () => {
    const batch = Array.from({ length: 1_000 }, (_, index) => ({ type: 'track', event: 'E', userId: `u${index}` }));
    const { status, body } = await send('/v1/batch', { batch, context: { text: 'x'.repeat(400_000) } });
    expect([status, body.code]).toEqual([400, 'too_large']);
    expect(body.message).toContain('8000000');
  });

  it('without a list, or empty, is answered in words', async () => {
    expect((await send('/v1/batch', { batch: 'all' })).body.code).toBe('no_batch');
    const empty = await send('/v1/batch', { batch: [] });
    expect([empty.status, empty.body.verdicts]).toEqual([200, []]);
  });
});

describe('the ways in', () => {
  it('are all that Segment’s clients use: long and short paths, Basic, a key in the body or in an event, any content type, gzip', async () => {
    const name = `Way ${newId()}`;
    const writeKey = server.environment.writeKey;
    const nobody = server.as(undefined);
    const one = () => track({ event: name, type: undefined });
    const answers = [
      await send('/v1/track', one()),
      await send('/v1/t', one()),
      await send('/v1/b', { batch: [track({ event: name })] }),
      await send('/v1/import', { batch: [track({ event: name })] }),
      await nobody.post('/v1/track', { ...one(), writeKey }),
      await nobody.post('/v1/batch', { batch: [track({ event: name, writeKey })] }),
      await nobody.post('/v1/track', one(), { authorization: `Bearer ${writeKey}` }),
      await nobody.post('/v1/t', JSON.stringify({ ...one(), writeKey }), { 'content-type': 'text/plain;charset=UTF-8' }),
      await nobody.post('/v1/t', JSON.stringify({ ...one(), writeKey }), { 'content-type': 'application/x-www-form-urlencoded' }),
      await send('/v1/track', gzipSync(JSON.stringify(one())), { 'content-encoding': 'gzip', 'content-type': 'application/json' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(await countOf(name)).toBe(answers.length);
  });

  it('let any page in, without cookies, and answer its preflight', async () => {
    const origin = 'https://customer.example';
    const preflight = await server.as(undefined).send('OPTIONS', '/v1/batch', {
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type, authorization' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
    const { headers } = await send('/v1/track', track(), { origin });
    expect([headers.get('access-control-allow-origin'), headers.get('access-control-allow-credentials')]).toEqual(['*', null]);
  });

  it('are closed to an unknown, an empty and a revoked key', async () => {
    const nobody = server.as(undefined);
    for (const headers of [basic('pk_unknown'), basic(''), {}, { authorization: 'Basic %%%' }]) {
      const { status, body } = await nobody.post<ProblemBody>('/v1/track', track(), headers);
      expect([status, body.code]).toEqual([401, 'unknown_key']);
    }
    const made = await server.owner.post<{ key: { id: string }; secret: string }>(`/api/e/${server.environment.id}/keys`, {
      label: 'Back end',
    });
    await server.owner.send('DELETE', `/api/e/${server.environment.id}/keys/${made.body.key.id}`);
    expect((await nobody.post('/v1/track', track(), basic(made.body.secret))).status).toBe(401);
  });

  it('refuse a secret key that comes from a page, and take it from a server as its own level', async () => {
    const path = `/api/e/${server.environment.id}/keys`;
    const { secret } = (await server.owner.post<{ secret: string }>(path, { label: 'Back end' })).body;
    const nobody = server.as(undefined);
    const inPage = await nobody.post<ProblemBody>('/v1/track', track(), { ...basic(secret), origin: 'https://customer.example' });
    expect([inPage.status, inPage.body.code]).toEqual([403, 'secret_key_in_browser']);
    const userId = newId();
    expect((await nobody.post('/v1/track', track({ userId }), basic(secret))).status).toBe(200);
    await server.settle();
    expect((await personOf(userId)).level).toBe('server');
  });

  it('say 503 and keep nothing while the server starts or stops', async () => {
    const name = `Not ready ${newId()}`;
    server.setReady(false);
    const { status, body, headers } = await send('/v1/track', track({ event: name }));
    const readiness = await server.as(undefined).get('/readyz');
    server.setReady(true);
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'not_ready', '5']);
    expect([readiness.status, readiness.body]).toEqual([503, { ready: false, ingest: false, dashboard: false }]);
    expect(await countOf(name)).toBe(0);
  });
});

async function personOf(userId: string): Promise<PersonAnswer> {
  const path = `/api/e/${server.environment.id}/people`;
  const { body } = await server.owner.get<{ people: { id: string }[] }>(`${path}?search=${userId}`);
  return (await server.owner.get<PersonAnswer>(`${path}/${body.people[0]?.id}`)).body;
}

/** What it is, the request, and the status and the code of the answer. */
type BadBody = readonly [string, () => { body: string | Uint8Array; headers?: Record<string, string> }, number, string];

describe('bodies that are not what they claim', () => {
  const json = { 'content-type': 'application/json' };
  const cases: readonly BadBody[] = [
    ['54: invalid JSON', () => ({ body: '{"batch":[' }), 400, 'invalid_json'],
    ['nothing at all', () => ({ body: '' }), 400, 'invalid_json'],
    ['a list', () => ({ body: '[]' }), 400, 'not_an_object'],
    ['54: invalid UTF-8', () => ({ body: Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) }), 400, 'invalid_utf8'],
    ['54: nesting of 100,000', () => ({ body: `{"batch":${'['.repeat(100_000)}${']'.repeat(100_000)}}` }), 400, 'too_deep'],
    ['52: gzip that is none', () => ({ body: 'hello', headers: { 'content-encoding': 'gzip' } }), 400, 'invalid_encoding'],
    [
      '52: gzip that ends in the middle',
      () => ({ body: gzipSync(JSON.stringify({ batch: [track()] })).subarray(0, 40), headers: { 'content-encoding': 'gzip' } }),
      400,
      'invalid_encoding',
    ],
    [
      '52: gzip in gzip',
      () => ({ body: gzipSync(gzipSync(JSON.stringify({ batch: [track()] }))), headers: { 'content-encoding': 'gzip' } }),
      400,
      'invalid_utf8',
    ],
    [
      '52: brotli',
      () => ({ body: brotliCompressSync(JSON.stringify({ batch: [track()] })), headers: { 'content-encoding': 'br' } }),
      415,
      'unsupported_encoding',
    ],
    ...(['zstd', 'x', 'gzip, gzip'] as const).map(
      (encoding): BadBody => [
        `52: the encoding “${encoding}”`,
        () => ({ body: gzipSync('{}'), headers: { 'content-encoding': encoding } }),
        415,
        'unsupported_encoding',
      ],
    ),
    ...(['gzip', 'deflate'] as const).flatMap((encoding) =>
      ['garbage', '\u0000\u0000'].map(
        (behind): BadBody => [
          `52: ${encoding} with ${JSON.stringify(behind)} behind its end`,
          () => {
            const packed = (encoding === 'gzip' ? gzipSync : deflateSync)(JSON.stringify({ batch: [track()] }));
            return { body: Buffer.concat([packed, Buffer.from(behind)]), headers: { 'content-encoding': encoding } };
          },
          400,
          'invalid_encoding',
        ],
      ),
    ),
    ['51: more bytes than the bound', () => ({ body: JSON.stringify({ batch: [], pad: 'x'.repeat(520_000) }) }), 400, 'too_large'],
  ];

  it.each(cases)('%s: refused in words, and what came before and after is stored', async (label, make, status, code) => {
    const name = `${label} ${newId()}`;
    await send('/v1/track', track({ event: name }));
    const { body, headers } = make();
    const answer = await send('/v1/batch', body, { ...json, ...headers });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.message).toMatch(/\.$/);
    await send('/v1/track', track({ event: name }));
    expect(await countOf(name)).toBe(2);
  });

  it('51: a body that grows over the bound without saying how long it is gets an answer, not a cut line', async () => {
    const answer = await sendChunks(Array.from({ length: 40 }, () => Buffer.alloc(32_768, 0x20)));
    expect([answer.status, answer.code]).toEqual([400, 'too_large']);
  });

  it('52: a gzip bomb is refused while memory stays flat', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 ** 2));
    expect(bomb.length).toBeLessThan(400_000);
    const before = process.memoryUsage().rss;
    const { status, body } = await send('/v1/batch', bomb, { ...json, 'content-encoding': 'gzip' });
    expect([status, body.code]).toEqual([400, 'too_large']);
    expect(process.memoryUsage().rss - before).toBeLessThan(60 * 1024 ** 2);
  });

  it('53: a client that goes away in the middle of a gzip body leaves nothing open, so that the server can stop', async () => {
    const half = gzipSync(randomBytes(50_000)).subarray(0, 20_000);
    await sendAndLeave(half);
    expect((await send('/v1/track', track())).status).toBe(200);
  });
});

describe('54: values that no store can hold', () => {
  it('are made harmless: prototype keys go, NUL and halves of pairs become U+FFFD, 1e400 is no value', async () => {
    const userId = newId();
    const text = `{"type":"identify","userId":"${userId}","messageId":"${newId()}","traits":{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"nul":"a\\u0000b","half":"a\\ud800b","huge":1e400,"emoji":"👩‍🚀"}}`;
    const { body } = await send('/v1/identify', text, { 'content-type': 'application/json' });
    expect(body.verdicts).toMatchObject([{ verdict: 'accepted' }]);
    await server.settle();
    const { traits } = await personOf(userId);
    expect(traits).toEqual({ nul: 'a\ufffdb', half: 'a\ufffdb', emoji: '👩‍🚀' });
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
    expect(server.setAside).toEqual([]);
  });

  it('in names of events count like any other name', async () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      await send('/v1/track', track({ event: name, userId: `named-${name}` }));
      await send('/v1/track', track({ event: name, userId: `named-${name}` }));
      expect(await countOf(name)).toBe(2);
    }
  });
});

describe('the accounting', () => {
  it('adds up after all of this, with nothing waiting and nothing set aside', async () => {
    await server.settle();
    const { body } = await server.owner.get<IngestionAnswer>(`/api/e/${server.environment.id}/ingestion`);
    expect(body).toMatchObject({ balanced: true, waiting: 0, quarantined: 0, offered: body.acknowledged + body.rejected });
    expect(body.acknowledged).toBe(body.applied + body.deduplicated);
    expect(body.deduplicated).toBeGreaterThan(0);
    expect(body.rejected).toBeGreaterThan(0);
  });
});

/** Sends a body of unknown length and reads the answer. */
function sendChunks(chunks: readonly Buffer[]): Promise<{ status: number; code: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${server.origin}/v1/batch`, { method: 'POST', headers: { 'content-type': 'application/json' } });
    request.on('response', (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, code: (JSON.parse(text) as ProblemBody).code }));
    });
    request.on('error', reject);
    for (const chunk of chunks) request.write(chunk);
    request.end();
  });
}

/** Begins a gzip body and cuts the line. */
function sendAndLeave(part: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip', 'content-length': '100000' };
    const request = httpRequest(`${server.origin}/v1/batch`, { method: 'POST', headers });
    request.on('error', () => undefined);
    request.on('close', resolve);
    request.write(part, () => setTimeout(() => request.destroy(), 50));
  });
}
