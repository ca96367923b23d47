import { request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IngestionAnswer, PersonAnswer, PersonRow } from '@gangway/product/features/people/contract.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBatch } from '../adapters/postgres/stored-batch.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic, newId, type TestAnswer } from '../testing/test-caller.ts';
import { addWorkspace } from '../testing/test-workspace.ts';
import { readIngestLimits } from './ingest-limits/read-ingest-limits.ts';
import { readProxyTrust } from './ingest-limits/read-proxy-trust.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    trustProxy: (_address, hop) => hop < 1,
    ingestLimits: {
      address: { perSecond: 1, burst: 20 },
      key: { perSecond: 10, burst: 50 },
      person: { perSecond: 1, burst: 10 },
      inFlightBytes: 1_000_000,
    },
  });
  server.clock.set(Date.now());
});
afterAll(() => server.stop());

/** Every test comes from an address and at a time of its own, so that only its own limit can bite. */
let house = 0;
function newAddress(): string {
  return `198.51.100.${++house}`;
}
function arrive(): string {
  server.clock.advance(60_000);
  return newAddress();
}

interface Sent {
  readonly success?: boolean;
  readonly code?: string;
  readonly detail?: { readonly retryAfter: number };
}
function send(events: readonly unknown[], headers: Record<string, string>, key = server.environment.writeKey): Promise<TestAnswer<Sent>> {
  return server.as(undefined).post('/v1/batch', { batch: events }, { ...basic(key), ...headers });
}

const events = (count: number, userId?: string) =>
  Array.from({ length: count }, (_, index) => ({ type: 'track', event: 'Limited', userId: userId ?? `u${index}`, messageId: newId() }));

describe('56: a key that sends too much', () => {
  it('is told when to come back, in whole seconds, and passes then; another tenant is not held up', async () => {
    const from = { 'x-forwarded-for': arrive() };
    expect((await send(events(50), from)).status).toBe(200);
    const refused = await send(events(20), from);
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many']);
    expect(refused.headers.get('retry-after')).toBe('2');
    expect(refused.headers.get('x-ratelimit-reset')).toBe('2');
    expect(refused.headers.get('access-control-expose-headers')).toContain('retry-after');
    const other = await addWorkspace(server.services, `quiet-${newId()}`);
    expect((await send(events(5), from, other.writeKey)).status).toBe(200);
    server.clock.advance(2_000);
    expect((await send(events(20), from)).status).toBe(200);
  });

  it('58: is not locked out when the clock is set back, and gains one burst at most when it is set forward', async () => {
    const from = { 'x-forwarded-for': arrive() };
    expect((await send(events(50), from)).status).toBe(200);
    server.clock.advance(-1_800_000);
    expect((await send(events(1), from)).status).toBe(429);
    server.clock.advance(1_000);
    expect((await send(events(10), from)).status).toBe(200);
    server.clock.advance(3_600_000);
    expect((await send(events(50), from)).status).toBe(200);
    expect((await send(events(1), from)).status).toBe(429);
  });
});

it('56: one person’s page cannot use up what the others need', async () => {
  const from = { 'x-forwarded-for': arrive() };
  expect((await send(events(10, 'noisy'), from)).status).toBe(200);
  expect((await send(events(1, 'noisy'), from)).status).toBe(429);
  expect((await send(events(1, 'quiet'), from)).status).toBe(200);
});

it('a request that was refused takes nothing: a smaller one passes', async () => {
  const from = { 'x-forwarded-for': arrive() };
  expect((await send([...events(10, 'full'), ...events(20)], from)).status).toBe(200);
  expect((await send([...events(1, 'full'), ...events(15)], from)).status).toBe(429);
  expect((await send(events(20), from)).status).toBe(200);
});

it('56: an address is limited before its key is looked up, and the limit is the address’s own', async () => {
  const from = { 'x-forwarded-for': arrive() };
  const statuses: number[] = [];
  for (let count = 0; count < 22; count++) statuses.push((await send([], from, 'pk_unknown')).status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(20);
  expect(statuses.slice(20)).toEqual([429, 429]);
  expect((await send(events(1), { 'x-forwarded-for': arrive() })).status).toBe(200);
});

it('56: with one trusted proxy only the address that it wrote counts, whatever the caller put before it', async () => {
  const house = arrive();
  const statuses: number[] = [];
  for (let count = 0; count < 22; count++) {
    statuses.push((await send([], { 'x-forwarded-for': `10.0.0.${count}, ${house}` }, 'pk_unknown')).status);
  }
  expect(statuses.slice(20)).toEqual([429, 429]);
});

it('56: without a trusted proxy nobody can say where he comes from', async () => {
  const strict = await startTestServer({
    ingestLimits: { address: { perSecond: 1, burst: 3 }, inFlightBytes: 1_000_000 },
  });
  try {
    const statuses: number[] = [];
    for (let count = 0; count < 5; count++) {
      const answer = await strict.as(undefined).post('/v1/track', {}, { ...basic('pk_unknown'), 'x-forwarded-for': `10.0.0.${count}` });
      statuses.push(answer.status);
    }
    expect(statuses.slice(0, 3)).toEqual([401, 401, 401]);
    expect(statuses[4]).toBe(429);
  } finally {
    await strict.stop();
  }
});

it('53: requests that wait for their bodies hold room; without room the answer is 503 and a time, and room comes back', async () => {
  const slow = [openSlowly(450_000, newAddress()), openSlowly(450_000, newAddress())];
  try {
    // Both have arrived by then; a large one before them would take their place.
    await sleep(300);
    const large = () => send([{ type: 'track', event: 'x'.repeat(150_000), userId: 'a' }], { 'x-forwarded-for': newAddress() });
    const busy = await large();
    expect([busy.status, busy.body.code, busy.headers.get('retry-after')]).toEqual([503, 'busy', '1']);
  } finally {
    for (const request of slow) request.destroy();
  }
  await expect.poll(async () => (await send(events(1), { 'x-forwarded-for': newAddress() })).status).toBe(200);
});

it('53: one address that opens slow requests fills its own share only', async () => {
  const address = newAddress();
  const slow = [openSlowly(450_000, address), openSlowly(450_000, address), openSlowly(450_000, address)];
  try {
    await sleep(300);
    const body = [{ type: 'track', event: 'Held', userId: newId(), properties: { text: 'x'.repeat(30_000) } }];
    expect((await send([...body, ...body], { 'x-forwarded-for': address })).status).toBe(503);
    server.clock.advance(10_000);
    expect((await send(body, { 'x-forwarded-for': newAddress() })).status).toBe(200);
  } finally {
    for (const request of slow) request.destroy();
  }
});

it('what was turned away is counted', async () => {
  const { body } = await server.owner.get<IngestionAnswer>(`/api/e/${server.environment.id}/ingestion`);
  expect(body.turnedAway.key).toBeGreaterThan(0);
  expect(body.turnedAway.person).toBeGreaterThan(0);
  expect(body.turnedAway.address).toBeGreaterThan(0);
  expect(body.turnedAway.busy).toBeGreaterThan(0);
});

describe('where an event came from', () => {
  it('is kept without its last part, for pages and for those who ask; a given address wins; batch members reach every event', async () => {
    const address = arrive();
    const userId = newId();
    const base = { type: 'track', userId };
    const send = (body: object, headers: Record<string, string> = {}) =>
      server.as(undefined).post('/v1/batch', body, { ...basic(server.environment.writeKey), 'x-forwarded-for': address, ...headers });
    await send({
      batch: [
        { ...base, event: 'Plain' },
        { ...base, event: 'Direct', context: { direct: true } },
        { ...base, event: 'Given', context: { ip: '2001:db8:1:2::3', plan: 'own' }, integrations: { Mail: true } },
      ],
      context: { plan: 'batch', app: 'api' },
      integrations: { All: false },
    });
    await send({ batch: [{ ...base, event: 'Page' }] }, { origin: 'https://customer.example' });
    const { rows } = await server.database.pool.query<{ payload: string }>('select payload from event_log order by position');
    const kept = new Map(
      rows.flatMap(({ payload }) =>
        readBatch(payload, 0).flatMap(({ body }) => (body.what === 'event' ? [[body.event.event, body.event]] : [])),
      ),
    );
    expect(kept.get('Plain')).toMatchObject({ context: { plan: 'batch', app: 'api' }, integrations: { All: false } });
    expect(kept.get('Plain')?.context).not.toHaveProperty('ip');
    expect(kept.get('Direct')?.context).toMatchObject({ ip: '198.51.100.0' });
    expect(kept.get('Given')).toMatchObject({
      context: { ip: '2001:db8:1::', plan: 'own', app: 'api' },
      integrations: { All: false, Mail: true },
    });
    expect(kept.get('Page')?.context).toMatchObject({ ip: '198.51.100.0' });
  });

  it('an event that is no visit does not move when the person was last seen', async () => {
    const from = { 'x-forwarded-for': arrive() };
    const [userId, seen] = [newId(), new Date(server.clock.now() - 60_000).toISOString()];
    await send([{ type: 'track', event: 'Visit', userId, timestamp: seen }], from);
    await send([{ type: 'track', event: 'Mail Opened', userId, context: { active: false } }], from);
    await server.settle();
    const people = `/api/e/${server.environment.id}/people`;
    const { body } = await server.owner.get<{ people: PersonRow[] }>(`${people}?search=${userId}`);
    const person = (await server.owner.get<PersonAnswer>(`${people}/${body.people[0]?.id}`)).body;
    expect(new Date(person.lastSeen).toISOString()).toBe(seen);
    expect(person.events.map(({ name }) => name).sort()).toEqual(['Mail Opened', 'Visit']);
  });
});

describe('settings', () => {
  it('are read from the environment; 0 is no limit; nonsense is refused', () => {
    const read = readIngestLimits({ INGEST_KEY_RATE: '100', INGEST_PERSON_RATE: '0', INGEST_ADDRESS_BURST: '7', INGEST_IN_FLIGHT_MB: '2' });
    expect(read).toEqual({ address: { perSecond: 2_000, burst: 7 }, key: { perSecond: 100, burst: 1_000 }, inFlightBytes: 2_097_152 });
    expect(() => readIngestLimits({ INGEST_KEY_RATE: 'many' })).toThrow(/INGEST_KEY_RATE/);
  });

  it('of proxies are a number or addresses', () => {
    expect([undefined, '', '0', 'false'].map(readProxyTrust)).toEqual([undefined, undefined, undefined, undefined]);
    const [one, two] = ['true', '2'].map(readProxyTrust);
    const hops = (trust: typeof one) => (typeof trust === 'function' ? [0, 1, 2].map((hop) => trust('10.0.0.1', hop)) : undefined);
    expect(hops(one)).toEqual([true, false, false]);
    expect(hops(two)).toEqual([true, true, false]);
    expect(readProxyTrust('10.0.0.0/8, ::1')).toEqual(['10.0.0.0/8', '::1']);
    expect(() => readProxyTrust('the load balancer')).toThrow(/TRUST_PROXY/);
  });
});

/** Begins a body of this length and lets it wait. */
function openSlowly(bytes: number, address: string) {
  const request = httpRequest(`${server.origin}/v1/batch`, {
    method: 'POST',
    headers: { 'x-forwarded-for': address, 'content-type': 'application/json', 'content-length': String(bytes) },
  });
  request.on('error', () => undefined);
  request.write('{"batch":[');
  return request;
}
