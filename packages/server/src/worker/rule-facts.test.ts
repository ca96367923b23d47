import type { Manifest, SignedManifest } from '@gangway/product/kernel/manifest.ts';
import { preparations } from '@gangway/product/pipeline/preparation-tables.ts';
import { people } from '@gangway/product/pipeline/tables.ts';
import type { Rule } from '@gangway/product/rules/rule.ts';
import type { DefinitionAnswer } from '@gangway/product/wire/definitions.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic, newId } from '../testing/test-caller.ts';
import { milestoneOf, publishBody, tourOf } from '../testing/test-content.ts';
import { signIn } from '../testing/test-workspace.ts';

const day = 86_400_000;
let server: TestServer;
let secret = '';
let now = Date.UTC(2026, 0, 5, 9);
beforeAll(async () => {
  server = await startTestServer({ run: false });
  const keys = `/api/e/${server.environment.id}/keys`;
  secret = (await server.owner.post<{ secret: string }>(keys, { label: 'Back end' })).body.secret;
});
beforeEach(() => {
  now += 40 * day;
  server.clock.set(now);
});
afterAll(() => server.stop());

/** Sends calls that happen now with the secret key or the public one. */
async function offer(calls: readonly Record<string, unknown>[], key = server.environment.writeKey): Promise<void> {
  const batch = calls.map((call) => ({ messageId: newId(), timestamp: new Date(now).toISOString(), ...call }));
  const { status } = await server.as(undefined).post('/v1/batch', { batch }, basic(key));
  expect(status).toBe(200);
}

/** The same, and lets everything follow. */
async function send(calls: readonly Record<string, unknown>[], key?: string): Promise<void> {
  await offer(calls, key);
  await settle();
}

/** Passes of a preparation wait a moment for each other. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) {
    await server.settle();
    now += 250;
    server.clock.set(now);
  }
}

/** Everything follows but the warehouse, which hears of nothing; every pass of a preparation has its time. */
async function withoutWarehouse(): Promise<void> {
  const { path } = server;
  for (let turn = 0; turn < 8; turn++) {
    for (const step of [path.relay, () => path.apply(0), path.prepare]) while (await step());
    now += 250;
    server.clock.set(now);
  }
}

const track = (userId: string, event: string, properties: Record<string, unknown> = {}) => ({ type: 'track', userId, event, properties });
const group = (userId: string, groupId: string, traits: Record<string, unknown>, role?: string) => ({
  type: 'group',
  userId,
  groupId,
  traits,
  ...(role === undefined ? {} : { context: { membership: { role } } }),
});

async function publish(key: Parameters<typeof publishBody>[1], body: unknown): Promise<DefinitionAnswer> {
  const owner = server.as(await signIn(server.services, server.user));
  const answer = await publishBody({ ...server, owner, settle }, key, body);
  await settle();
  return answer;
}

const milestone = (id: string, rule: Rule, backfill: 'everyone' | 'from_now' = 'everyone') =>
  publish({ slice: 'milestones', id, backfill }, milestoneOf(rule, { name: id }));
const tour = (id: string, rule: Rule) => publish({ slice: 'guides', id }, tourOf(rule));

async function shown(userId: string): Promise<string[]> {
  const body = JSON.stringify({ writeKey: server.environment.writeKey, anonymousId: 'any', userId });
  const answer = await server.as(undefined).post<SignedManifest>('/v1/manifest', body);
  return (JSON.parse(answer.body.manifest) as Manifest).entries.map(({ id }) => id).sort();
}

async function personOf(userId: string): Promise<string | undefined> {
  const { rows } = await server.database.pool.query<{ person: string }>(
    `select person from identities where kind = 'user' and value = $1`,
    [userId],
  );
  return rows[0]?.person;
}

async function hasReached(id: string, userId: string): Promise<boolean> {
  const where = { ...server.scope, id: (await personOf(userId)) ?? '' };
  const [found] = await server.services.db.transaction({ as: 'system' }, (tx) => tx.get(people, [where]));
  return found?.doc.milestones.has(id) ?? false;
}

describe('what rules of people ask of accounts', () => {
  const onPlan = (value: string): Rule => ({ type: 'trait', of: 'account', name: 'plan', operator: 'equals', value });

  it('reaches the people of an account that was there before the rule, and follows it for all of them', async () => {
    await send([group('ann', 'acme', { plan: 'pro' }), group('bob', 'acme', {}), group('cid', 'zeta', { plan: 'free' })]);
    await tour('for-pro', onPlan('pro'));
    expect([await shown('ann'), await shown('bob'), await shown('cid')]).toEqual([['for-pro'], ['for-pro'], []]);
    // A back end describes the account; nobody of it does anything.
    await send([{ type: 'group', groupId: 'zeta', traits: { plan: 'pro' } }], secret);
    await send([{ type: 'group', groupId: 'acme', traits: { plan: 'free' } }], secret);
    expect([await shown('ann'), await shown('bob'), await shown('cid')]).toEqual([[], [], ['for-pro']]);
  });

  it('is true for somebody who joins later, and in any one of several accounts', async () => {
    await send([group('dan', 'zeta', {})]);
    expect(await shown('dan')).toEqual(['for-pro']);
    await send([group('eve', 'acme', {})]);
    expect(await shown('eve')).toEqual([]);
    await send([group('eve', 'zeta', {})]);
    expect(await shown('eve')).toEqual(['for-pro']);
  });

  it('knows the person’s role in the account', async () => {
    await tour('for-admins', { type: 'trait', of: 'membership', name: 'role', operator: 'equals', value: 'admin' });
    await send([group('fay', 'acme', {}, 'admin'), group('gus', 'acme', {}, 'guest')]);
    expect([await shown('fay'), await shown('gus')]).toEqual([['for-admins'], []]);
    await send([group('gus', 'acme', {}, 'admin')]);
    expect(await shown('gus')).toEqual(['for-admins']);
  });

  it('reaches more people than one entry tells, whatever the ids of the calls look like', async () => {
    await send(Array.from({ length: 201 }, (_, index) => group(`many-${index}`, 'many', {})));
    for (const plan of ['team', 'pro'])
      await send([{ type: 'group', groupId: 'many', messageId: `many|${plan}`, traits: { plan } }], secret);
    const { rows } = await server.database.pool.query<{ plan: string; people: number }>(
      `select doc #>> '{accountTraits,many,traits,plan}' as plan, count(*)::int as people from people
       where doc::jsonb -> 'accounts' ? 'many' group by 1`,
    );
    expect(rows).toEqual([{ plan: 'pro', people: 201 }]);
  });

  it('moves milestones of the people, also of an account whose id is a word of the language', async () => {
    await milestone('upgraded', onPlan('pro'), 'from_now');
    await send([group('hal', '__proto__', { plan: 'free' }), group('ida', 'constructor', { plan: 'pro' })]);
    expect([await hasReached('upgraded', 'hal'), await hasReached('upgraded', 'ida')]).toEqual([false, true]);
    await send([{ type: 'group', groupId: '__proto__', traits: { plan: 'pro' } }], secret);
    expect(await hasReached('upgraded', 'hal')).toBe(true);
  });
});

describe('what is counted apart', () => {
  const spent = (value: number): Rule => ({
    type: 'event_sum',
    name: 'Order Completed',
    where: [{ property: 'currency', operator: 'equals', value: 'EUR' }],
    property: 'total',
    operator: 'at_least',
    value,
  });

  it('brings the past in: everyone who had spent enough is in, and the next order is counted on top', async () => {
    const order = (userId: string, total: number, currency = 'EUR') => track(userId, 'Order Completed', { total, currency });
    await send([order('ann', 60), order('ann', 40.5), order('bob', 60), order('bob', 400, 'USD'), order('cid', 99)]);
    const answer = await milestone('spent-100', spent(100));
    expect(answer.live).toBe(true);
    const reached = () => Promise.all(['ann', 'bob', 'cid'].map((userId) => hasReached('spent-100', userId)));
    expect(await reached()).toEqual([true, false, false]);
    await send([order('cid', 1), order('bob', 39)]);
    expect(await reached()).toEqual([true, false, true]);
    await send([order('bob', 1)]);
    expect(await reached()).toEqual([true, true, true]);
    const left = await server.services.db.transaction({ as: 'system' }, (tx) => tx.list(preparations, {}));
    expect(left).toEqual([]);
  });

  it('from now on: the past counts, but lets nobody in by itself', async () => {
    await send([track('kim', 'Report Made', { size: 'big' }), track('lea', 'Report Made', { size: 'big' })]);
    const rule: Rule = {
      type: 'event',
      name: 'Report Made',
      where: [{ property: 'size', operator: 'equals', value: 'big' }],
      operator: 'at_least',
      times: 1,
    };
    await milestone('big-report', rule, 'from_now');
    expect(await hasReached('big-report', 'kim')).toBe(false);
    await send([track('kim', 'Report Made', { size: 'small' })]);
    expect([await hasReached('big-report', 'kim'), await hasReached('big-report', 'lea')]).toEqual([true, false]);
  });

  it('survives that two people become one, in both orders', async () => {
    const order = (who: Record<string, string>, total: number) => ({
      type: 'track',
      event: 'Order Completed',
      properties: { total, currency: 'EUR' },
      ...who,
    });
    await send([order({ anonymousId: 'tab-1' }, 70), order({ userId: 'moe' }, 70)]);
    expect(await hasReached('spent-100', 'moe')).toBe(false);
    await send([{ type: 'identify', anonymousId: 'tab-1', userId: 'moe' }]);
    expect(await hasReached('spent-100', 'moe')).toBe(true);
  });

  it('says nothing rather than something wrong of somebody whose past is not in yet', async () => {
    const calls = [track('nia', 'Call Made', { minutes: 50 }), track('ned', 'Call Made', { minutes: 5 })];
    await offer(calls);
    await withoutWarehouse();
    // Published while the warehouse has not heard of the calls: after some passes the version holds all the same.
    const few: Rule = { type: 'event_sum', name: 'Call Made', property: 'minutes', operator: 'at_most', value: 10 };
    const owner = server.as(await signIn(server.services, server.user));
    const key = { slice: 'guides', id: 'few-calls' };
    expect(await publishBody({ ...server, owner, settle: withoutWarehouse }, key, tourOf(few))).toMatchObject({ live: true });
    const everybody = () => Promise.all(['nia', 'ned', 'someone-new'].map(shown));
    expect(await everybody()).toEqual([[], [], ['few-calls']]);
    // It hears of them, and the next pass counts.
    now += 60_000;
    server.clock.set(now);
    await settle();
    expect(await everybody()).toEqual([[], ['few-calls'], ['few-calls']]);
    await owner.post(`/api/e/${server.environment.id}/definitions/guides/few-calls/kill`, {}).catch(() => undefined);
  });

  it('has in the timeline what was reached when the past came in late', async () => {
    await offer([track('nat', 'Walk Made', { minutes: 50 })]);
    await withoutWarehouse();
    const long: Rule = { type: 'event_sum', name: 'Walk Made', property: 'minutes', operator: 'at_least', value: 10 };
    const owner = server.as(await signIn(server.services, server.user));
    const key = { slice: 'milestones', id: 'long-walks', backfill: 'everyone' } as const;
    await publishBody({ ...server, owner, settle: withoutWarehouse }, key, milestoneOf(long, { name: 'long-walks' }));
    expect(await hasReached('long-walks', 'nat')).toBe(false);
    now += 60_000;
    server.clock.set(now);
    await settle();
    expect(await hasReached('long-walks', 'nat')).toBe(true);
    const timeline = `/api/e/${server.environment.id}/people/${await personOf('nat')}/timeline`;
    const { body } = await owner.get<{ events: { type: string }[] }>(timeline);
    expect(body.events.map(({ type }) => type).sort()).toEqual(['milestone', 'track']);
  });

  it('tells in a draft’s reach what nobody has counted yet', async () => {
    await send([
      track('oda', 'Import Done', { rows: 10 }),
      track('oda', 'Import Done', { rows: 5 }),
      track('pia', 'Import Done', { rows: 9 }),
    ]);
    const rule: Rule = { type: 'event_sum', name: 'Import Done', property: 'rows', operator: 'at_least', value: 15 };
    const owner = server.as(await signIn(server.services, server.user));
    const { body } = await owner.post<{ people: { label: string }[] }>(`/api/e/${server.environment.id}/segments/members`, { rule });
    expect(body.people.map(({ label }) => label)).toEqual(['oda']);
  });
});

describe('rules that use what others have made', () => {
  it('a segment: what it asks is asked in its place, and a new version of it holds at once', async () => {
    const segment = (rule: Rule) => publish({ slice: 'segments', id: 'big' }, { name: 'Big', description: '', rule });
    await send([
      { type: 'identify', userId: 'quy', traits: { seats: 50 } },
      { type: 'identify', userId: 'rex', traits: { seats: 5 } },
    ]);
    await segment({ type: 'trait', name: 'seats', operator: 'at_least', value: 20 });
    await milestone('is-big', { type: 'segment', id: 'big' });
    await tour('for-big', { type: 'segment', id: 'big' });
    expect([await hasReached('is-big', 'quy'), await hasReached('is-big', 'rex')]).toEqual([true, false]);
    expect([await shown('quy'), await shown('rex')]).toEqual([['for-big'], []]);
    await segment({ type: 'trait', name: 'seats', operator: 'at_least', value: 2 });
    expect([await hasReached('is-big', 'rex'), await shown('rex')]).toEqual([true, ['for-big']]);
  });

  it('a segment that uses itself is refused, and the draft is kept', async () => {
    await publish({ slice: 'segments', id: 'one' }, { name: 'One', description: '', rule: { type: 'segment', id: 'two' } });
    const refused = publish({ slice: 'segments', id: 'two' }, { name: 'Two', description: '', rule: { type: 'segment', id: 'one' } });
    await expect(refused).rejects.toThrow('segment_circle');
    const owner = server.as(await signIn(server.services, server.user));
    const { body } = await owner.get<DefinitionAnswer>(`/api/e/${server.environment.id}/definitions/segments/two`);
    expect(body.draft).toMatchObject({ rule: { type: 'segment', id: 'one' } });
  });

  it('a content: a second tour waits for the first to be completed', async () => {
    const everyone: Rule = { type: 'trait', name: 'likes', operator: 'equals', value: 'tours' };
    await tour('first-tour', everyone);
    await tour('second-tour', { type: 'content', id: 'first-tour', state: 'completed' });
    await milestone('took-first', { type: 'content', id: 'first-tour', state: 'completed' }, 'from_now');
    await send([{ type: 'identify', userId: 'sue', traits: { likes: 'tours' } }]);
    await send([track('sue', 'Guide Shown', { guideId: 'first-tour', guideVersion: 1 })]);
    expect([await shown('sue'), await hasReached('took-first', 'sue')]).toEqual([['first-tour'], false]);
    await send([track('sue', 'Guide Completed', { guideId: 'first-tour', guideVersion: 1 })]);
    expect(await shown('sue')).toContain('second-tour');
    expect(await hasReached('took-first', 'sue')).toBe(true);
  });
});
