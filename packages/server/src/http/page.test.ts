import { webcrypto } from 'node:crypto';
import type { ExplainAnswer } from '@gangway/product/features/people/contract.ts';
import type { Bundle, LoaderConfig, Manifest, SignedManifest } from '@gangway/product/kernel/manifest.ts';
import { evaluate } from '@gangway/product/rules/evaluate.ts';
import { never } from '@gangway/product/rules/rule.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenLines, readLines } from '../testing/read-lines.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic } from '../testing/test-caller.ts';
import { checklistOf, did, milestoneOf, publishBody, tourOf } from '../testing/test-content.ts';

let server: TestServer;
const openStreams: OpenLines[] = [];
beforeAll(async () => {
  server = await startTestServer();
  await publishBody(server, { slice: 'milestones', id: 'board' }, milestoneOf(did('Board Created'), { name: 'First board' }));
  await publishBody(server, { slice: 'checklists', id: 'start' }, checklistOf(signedUp, ['board']));
  await publishBody(server, { slice: 'guides', id: 'tour' }, tourOf({ type: 'all', of: [signedUp, onBoards] }));
  await publishBody(
    server,
    { slice: 'guides', id: 'secret' },
    tourOf({ type: 'trait', name: 'salary', operator: 'greater_than', value: 100_000 }),
  );
});
afterAll(async () => {
  for (const stream of openStreams) await stream.close();
  await server.stop();
});

const signedUp = { type: 'trait', name: 'email', operator: 'exists' } as const;
const onBoards = { type: 'page', path: '/boards' } as const;
const nobody = () => server.as(undefined);
const send = (...batch: Record<string, unknown>[]) => nobody().post('/v1/batch', { batch }, basic(server.environment.writeKey));
const asked = (anonymousId: string, userId?: string) =>
  JSON.stringify({ writeKey: server.environment.writeKey, anonymousId, ...(userId === undefined ? {} : { userId }) });
const plainText = { 'content-type': 'text/plain' };

async function manifestFor(anonymousId: string, userId?: string): Promise<Manifest> {
  const { body, status } = await nobody().post<SignedManifest>('/v1/manifest', asked(anonymousId, userId), plainText);
  expect(status).toBe(200);
  return JSON.parse(body.manifest) as Manifest;
}
const config = async () => (await nobody().get<LoaderConfig>(`/sdk/${server.environment.writeKey}.json`)).body;

describe('what the loader is told', () => {
  it('is the bundle that holds now, the key and the surfaces, in a script that caches ask for again', async () => {
    const { headers, text } = await nobody().get(`/sdk/${server.environment.writeKey}.js`);
    expect(text).toMatch(/^globalThis\.__gangway_config=\{/);
    expect([headers.get('cache-control'), headers.get('access-control-allow-origin')]).toEqual(['public, max-age=60', '*']);
    const again = await nobody().get(`/sdk/${server.environment.writeKey}.js`, { 'if-none-match': headers.get('etag') ?? '' });
    expect([again.status, again.text]).toEqual([304, '']);
    const found = await config();
    expect(found).toMatchObject({ host: server.origin, environment: server.environment.id, publicKey: server.environment.publicKey });
    expect((await nobody().get(new URL(found.surfaces.tour ?? '').pathname)).headers.get('cache-control')).toContain('immutable');
  });

  it('is nothing for an unknown key, and nothing for a secret one', async () => {
    const { secret } = (await server.owner.post<{ secret: string }>(`/api/e/${server.environment.id}/keys`, { label: 'x' })).body;
    for (const key of ['pk_unknown', secret, '..%2fmanifest', 'manifest']) expect((await nobody().get(`/sdk/${key}.js`)).status).toBe(404);
  });

  it('holds everything published and nothing that only the server may know', async () => {
    const { bundle } = await config();
    const answer = await nobody().get<Bundle>(`/v1/bundle/${server.environment.id}/${bundle}.json`);
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect(answer.body.contents.map(({ id, kind }) => `${kind} ${id}`)).toEqual(['checklist start', 'tour secret', 'tour tour']);
    expect(answer.text).not.toMatch(/salary|audience|email/);
    for (const odd of ['0'.repeat(32), '..%2f..', '%00']) {
      expect((await nobody().get(`/v1/bundle/${server.environment.id}/${odd}.json`)).status).toBe(404);
    }
  });
});

describe('a manifest', () => {
  it('is signed so that WebCrypto verifies it with the loader’s key, and no other text passes', async () => {
    const { body } = await nobody().post<SignedManifest>('/v1/manifest', asked('device'), plainText);
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    const der = Buffer.from((await config()).publicKey, 'base64');
    const key = await webcrypto.subtle.importKey('spki', der, algorithm, false, ['verify']);
    const verify = (text: string) =>
      webcrypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, Buffer.from(body.signature, 'base64url'), Buffer.from(text));
    expect(await verify(body.manifest)).toBe(true);
    expect(await verify(body.manifest.replace('"format":1', '"format":2'))).toBe(false);
  });

  it('tells a person what is theirs, decided as far as the server can, and no trait, no foreign content, no person', async () => {
    await send({ type: 'identify', userId: 'mia', anonymousId: 'mia-device', traits: { email: 'mia@acme.example', salary: 10 } });
    await server.settle();
    const manifest = await manifestFor('mia-device', 'mia');
    expect(manifest.entries.map(({ id }) => id).sort()).toEqual(['start', 'tour']);
    const tour = manifest.entries.find(({ id }) => id === 'tour');
    expect(tour?.show).toEqual(onBoards);
    expect(evaluate(tour?.show ?? onBoards, { page: { path: '/boards' } }, 0).answer).toBe('yes');
    expect(JSON.stringify(manifest)).not.toMatch(/mia|salary|acme/);
    expect((await manifestFor('stranger')).entries).toEqual([]);
  });

  it('follows the ids: the device alone before identify, and never a device that is somebody else’s', async () => {
    await send({ type: 'identify', userId: 'noa', anonymousId: 'noa-device', traits: { email: 'noa@acme.example' } });
    await server.settle();
    expect((await manifestFor('noa-device')).entries).not.toEqual([]);
    expect((await manifestFor('noa-device', 'intruder')).entries).toEqual([]);
    expect((await manifestFor('a', 'noa')).person).not.toBe((await manifestFor('a', 'mia')).person);
  });

  it('is refused in words for an unknown key, or a body that names nobody', async () => {
    const call = async (body: unknown) =>
      (await nobody().post<{ code: string }>('/v1/manifest', JSON.stringify(body), plainText)).body.code;
    expect(await call({ writeKey: 'pk_x', anonymousId: 'a' })).toBe('unknown_key');
    expect(await call({ writeKey: server.environment.writeKey })).toBe('invalid_body');
    expect(await call({ writeKey: server.environment.writeKey, anonymousId: 'x'.repeat(513) })).toBe('invalid_body');
  });

  it('changes with what is published, and a killed content leaves it', async () => {
    const before = await config();
    await publishBody(server, { slice: 'guides', id: 'later' }, tourOf({ type: 'all', of: [] }));
    const after = await config();
    expect(after.bundle).not.toBe(before.bundle);
    expect((await manifestFor('x')).entries.map(({ id }) => id)).toEqual(['later']);
    expect((await nobody().get(`/v1/bundle/${server.environment.id}/${before.bundle}.json`)).status).toBe(200);
    await server.owner.post(`/api/e/${server.environment.id}/definitions/guides/later/kill`);
    expect((await manifestFor('x')).entries).toEqual([]);
    expect((await config()).bundle).toBe(before.bundle);
  });
});

async function openStream(body: string): Promise<{ next(within?: number): Promise<Manifest> }> {
  const stream = await readLines(`${server.origin}/v1/stream`, { method: 'POST', body });
  openStreams.push(stream);
  return { next: async (within) => JSON.parse((JSON.parse(await stream.next(within)) as SignedManifest).manifest) as Manifest };
}

describe('a stream', () => {
  it('gives the manifest at once, and the next within a second of the event that changes it', async () => {
    const stream = await openStream(asked('lea-device', 'lea'));
    expect((await stream.next()).entries).toEqual([]);
    await send({ type: 'identify', userId: 'lea', anonymousId: 'lea-device', traits: { email: 'lea@acme.example' } });
    expect((await stream.next(1_000)).entries.map(({ id }) => id)).toContain('start');
    await send({ type: 'track', event: 'Board Created', userId: 'lea' });
    const ticked = await stream.next(1_000);
    expect(ticked.entries.find(({ id }) => id === 'start')?.state).toEqual({ ticked: ['board'], completed: true, dismissed: false });
  });

  it('goes on for a person who turns out to be another one', async () => {
    await send(
      { type: 'identify', userId: 'kim', traits: { email: 'kim@acme.example' } },
      { type: 'track', event: 'Board Created', userId: 'kim' },
    );
    await send({ type: 'track', event: 'Looked', anonymousId: 'kim-device' });
    await server.settle();
    const stream = await openStream(asked('kim-device'));
    expect((await stream.next()).entries).toEqual([]);
    await send({ type: 'identify', userId: 'kim', anonymousId: 'kim-device' });
    expect((await stream.next(1_000)).entries.find(({ id }) => id === 'start')?.state).toMatchObject({ ticked: ['board'] });
    await send({ type: 'track', event: 'Checklist Dismissed', userId: 'kim', properties: { checklistId: 'start' } });
    expect((await stream.next(1_000)).entries.find(({ id }) => id === 'start')).toMatchObject({ show: never, state: { dismissed: true } });
  });

  it('hears of what is published and killed', async () => {
    const stream = await openStream(asked('pat-device'));
    await stream.next();
    await publishBody(server, { slice: 'guides', id: 'pushed' }, tourOf({ type: 'all', of: [] }));
    expect((await stream.next()).entries.map(({ id }) => id)).toEqual(['pushed']);
    await server.owner.post(`/api/e/${server.environment.id}/definitions/guides/pushed/kill`);
    expect((await stream.next()).entries).toEqual([]);
  });
});

describe('the live screen', () => {
  it('is told what was applied, and whom it touched, within a second', async () => {
    const url = `${server.origin}/api/e/${server.environment.id}/live/stream`;
    const live = await readLines(url, { headers: { cookie: server.owner.cookie ?? '' } });
    openStreams.push(live);
    expect([live.status, await live.next()]).toEqual([200, 'retry: 2000']);
    await send({ type: 'track', event: 'Seen Live', userId: 'mia', context: { groupId: 'acme' }, properties: { a: 1 } });
    let line = await live.next();
    while (!line.startsWith('data:')) line = await live.next(1_000);
    const data = JSON.parse(line.slice(5)) as { events: unknown[]; people: string[]; accounts: string[] };
    expect(data.events).toMatchObject([{ name: 'Seen Live', type: 'track', account: 'acme', properties: { a: 1 } }]);
    expect([data.people.length, data.accounts]).toEqual([1, ['acme']]);
  });
});

describe('why somebody does not see it', () => {
  const explain = async (slice: string, id: string, userId: string): Promise<ExplainAnswer> => {
    const base = `/api/e/${server.environment.id}`;
    const { people } = (await server.owner.get<{ people: { id: string }[] }>(`${base}/people?search=${userId}`)).body;
    return (await server.owner.get<ExplainAnswer>(`${base}/explain/${slice}/${id}/${people[0]?.id}`)).body;
  };

  it('is told for every verdict, with the condition and what was found', async () => {
    await send(
      { type: 'identify', userId: 'sam', traits: { email: 'sam@acme.example', salary: 'much' } },
      { type: 'identify', userId: 'tom', traits: { salary: 10 } },
    );
    await send({ type: 'track', event: 'Guide Completed', userId: 'mia', properties: { guideId: 'tour' } });
    await server.settle();
    expect(await explain('checklists', 'start', 'sam')).toMatchObject({ verdict: 'would_show', version: 1 });
    expect(await explain('guides', 'tour', 'sam')).toMatchObject({ verdict: 'depends_on_page' });
    expect(await explain('guides', 'tour', 'mia')).toMatchObject({ verdict: 'blocked', history: [{ text: 'It was completed' }] });
    expect(await explain('guides', 'nothing', 'sam')).toMatchObject({ verdict: 'not_published', version: null });
    expect(await explain('guides', 'secret', 'sam')).toMatchObject({ verdict: 'unknown' });
    const low = await explain('guides', 'secret', 'tom');
    expect(low).toMatchObject({ verdict: 'not_in_audience' });
    expect(low.conditions).toEqual([{ depth: 0, text: 'salary is greater than 100000', answer: 'no', found: '10' }]);
    expect(await explain('milestones', 'board', 'sam')).toMatchObject({ verdict: 'not_in_audience', headline: 'Not reached yet.' });
    expect(await explain('milestones', 'board', 'lea')).toMatchObject({ verdict: 'would_show', headline: 'Reached.' });
  });

  it('is a 404 for a person nobody knows', async () => {
    expect((await server.owner.get(`/api/e/${server.environment.id}/explain/guides/tour/p_999`)).status).toBe(404);
  });
});
