import type { IdentityKey, MergeAnswer, MergesAnswer } from '@gangway/product/features/identity/contract.ts';
import type { PersonAnswer } from '@gangway/product/features/people/contract.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { replayDiffers } from '../testing/replay-differs.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic, newId } from '../testing/test-caller.ts';
import { did, milestoneOf, publishBody } from '../testing/test-content.ts';
import { addWorkspace } from '../testing/test-workspace.ts';

let server: TestServer;
let base: string;
let secret: string;

beforeAll(async () => {
  server = await startTestServer();
  base = `/api/e/${server.environment.id}`;
  await publishBody(server, { slice: 'milestones', id: 'twice' }, milestoneOf(did('Board Created', 2), { name: 'Two boards' }));
  secret = (await server.owner.post<{ secret: string }>(`${base}/keys`, { label: 'Back end' })).body.secret;
  await send({ userId: 'ann', event: 'Board Created' }, { userId: 'bob', event: 'Board Created', context: { groupId: 'acme' } });
  await send({ type: 'identify', userId: 'ann', traits: { name: 'Ann' } }, { type: 'identify', userId: 'bob', traits: { name: 'Bob' } });
});
afterAll(() => server.stop());

async function send(...events: object[]): Promise<void> {
  const batch = events.map((event) => ({ type: 'track', event: 'Looked', messageId: newId(), ...event }));
  await server.as(undefined).post('/v1/batch', { batch }, basic(server.environment.writeKey));
  await server.settle();
}
async function idOf(value: string, kind = 'user'): Promise<string> {
  const { rows } = await server.database.pool.query('select person from identities where kind = $1 and value = $2 and environment = $3', [
    kind,
    value,
    server.environment.id,
  ]);
  return rows[0]?.person ?? '';
}
const person = async (id: string) => (await server.owner.get<PersonAnswer>(`${base}/people/${id}`)).body;
const merges = async (id: string): Promise<readonly MergeAnswer[]> =>
  (await server.owner.get<MergesAnswer>(`${base}/people/${id}/merges`)).body.merges;
const mergeUsers = (body: object) => server.as(undefined).post<{ id: string; code?: string }>('/v1/merge', body);

it('joins two identified users for those in charge, with who, when, and what both were before', async () => {
  const [ann, bob] = [await idOf('ann'), await idOf('bob')];
  const answer = await server.owner.post<{ id: string }>(`${base}/people/${ann}/merge`, { into: bob });
  expect([answer.status, answer.body.id]).toEqual([200, bob]);
  await send({ userId: 'ann' }, { userId: 'bob' });
  const one = await person(ann);
  expect(one).toMatchObject({ id: bob, userId: 'bob' });
  expect(one.identities).toEqual([
    { kind: 'user', value: 'ann' },
    { kind: 'user', value: 'bob' },
  ]);
  expect(Object.fromEntries(one.events.map(({ name, count }) => [name, count]))).toEqual({ 'Board Created': 2, Identified: 2, Looked: 2 });
  expect(one.reached.map(({ milestone }) => milestone)).toEqual(['twice']);
  const [merge] = await merges(ann);
  expect(merge).toMatchObject({
    outcome: 'merged',
    call: 'merge',
    actor: 'owner@example.com',
    other: { id: ann, label: 'Ann' },
    person: { id: bob, label: 'Bob' },
    eventsSince: 2,
  });
  expect(merge?.before?.other).toMatchObject({
    events: 2,
    links: [{ kind: 'user', value: 'ann' }],
    traits: { name: 'Ann' },
    accounts: [],
    milestones: [],
  });
  expect(merge?.before?.person).toMatchObject({
    events: 2,
    links: [{ kind: 'user', value: 'bob' }],
    traits: { name: 'Bob' },
    accounts: ['acme'],
  });
  const { rows } = await server.database.pool.query(`select actor, object from audit where action = 'people.merged'`);
  expect(rows).toEqual([{ actor: 'owner@example.com', object: `${ann} into ${bob}` }]);
});

it('shows what an event joined, and what an alias of two users was refused', async () => {
  await send({ anonymousId: 'tablet' }, { userId: 'cem' });
  await send({ type: 'identify', userId: 'cem', anonymousId: 'tablet' });
  await send({ type: 'alias', previousId: 'bob', userId: 'cem' });
  const found = await merges(await idOf('cem'));
  expect(found.map(({ outcome, call, actor }) => [outcome, call, actor])).toEqual([
    ['refused', 'alias', 'claimed'],
    ['merged', 'identify', 'claimed'],
  ]);
  expect(found[1]?.before?.other.links).toEqual([{ kind: 'anonymous', value: 'tablet' }]);
  expect(await idOf('bob')).not.toBe(await idOf('cem'));
});

it('lets a back end join two users with a secret key, and nobody with the write key', async () => {
  await send({ userId: 'dot-old' }, { userId: 'dot' });
  const wish = { previousId: 'dot-old', userId: 'dot' };
  for (const [key, status, code] of [
    ['nothing', 401, 'unknown_key'],
    [server.environment.writeKey, 403, 'secret_key_needed'],
  ] as const) {
    const refused = await mergeUsers({ ...wish, writeKey: key });
    expect([refused.status, refused.body.code]).toEqual([status, code]);
  }
  expect((await mergeUsers({ ...wish, writeKey: secret, userId: 'nobody' })).status).toBe(404);
  expect((await mergeUsers({ ...wish, writeKey: secret })).body.id).toBe(await idOf('dot'));
  expect(await idOf('dot-old')).toBe(await idOf('dot'));
  const again = await mergeUsers({ ...wish, writeKey: secret });
  expect([again.status, again.body.code]).toEqual([409, 'same_person']);
});

it('never joins a shadow: whoever claims its id next would be believed', async () => {
  await server.owner.post<{ key: IdentityKey }>(`${base}/identity/keys`, { label: 'Back end' });
  await server.owner.send('PUT', `${base}/identity/mode`, { body: { mode: 'required' } });
  await send({ userId: 'dot', event: 'Claimed' });
  const shadow = await idOf('dot', 'claimed');
  for (const [from, into] of [
    [shadow, await idOf('dot')],
    [await idOf('dot'), shadow],
  ]) {
    const refused = await server.owner.post<{ code: string }>(`${base}/people/${from}/merge`, { into });
    expect([refused.status, refused.body.code]).toEqual([409, 'shadow_person']);
  }
  await server.owner.send('PUT', `${base}/identity/mode`, { body: { mode: 'open' } });
});

it('reaches into no other tenant', async () => {
  const other = await addWorkspace(server.services, 'other');
  const cem = await idOf('cem');
  const stranger = server.as(other.cookie);
  const own = `/api/e/${other.scope.environment}`;
  expect((await stranger.get(`${own}/people/${cem}/merges`)).status).toBe(404);
  expect((await stranger.post(`${own}/people/${cem}/merge`, { into: await idOf('bob') })).status).toBe(404);
  expect((await stranger.post(`${base}/people/${cem}/merge`, { into: await idOf('bob') })).status).toBe(404);
});

it('is derived again, the same, from the log alone', async () => {
  expect(await replayDiffers(server)).toEqual([]);
});
