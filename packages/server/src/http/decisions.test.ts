import { setTimeout as sleep } from 'node:timers/promises';
import type { Manifest, SignedManifest } from '@gangway/product/kernel/manifest.ts';
import { holdoutOf, isWithheld } from '@gangway/product/pipeline/holdout.ts';
import type { DecisionCountsAnswer, PersonDecisionsAnswer } from '@gangway/product/wire/decision.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countFolded } from '../testing/count-folded.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic } from '../testing/test-caller.ts';
import { did, publishBody, tourOf } from '../testing/test-content.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const everyone = { type: 'all', of: [] } as const;
const base = () => `/api/e/${server.environment.id}`;
const send = async (...batch: Record<string, unknown>[]) => {
  await server.as(undefined).post('/v1/batch', { batch }, basic(server.environment.writeKey));
  await server.settle();
};
async function visit(userId: string): Promise<Manifest> {
  const asked = JSON.stringify({ writeKey: server.environment.writeKey, anonymousId: `device-${userId}`, userId });
  const { body } = await server.as(undefined).post<SignedManifest>('/v1/manifest', asked, { 'content-type': 'text/plain' });
  return JSON.parse(body.manifest) as Manifest;
}
async function until<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const value = await read();
    if (holds(value)) return value;
    await sleep(30);
  }
  throw new Error('it does not come');
}
const changesOf = async (person: string, id: string) => {
  const { body } = await server.owner.get<PersonDecisionsAnswer>(`${base()}/people/${person}/decisions`);
  return body.contents.find((content) => content.id === id)?.changes ?? [];
};
const personOf = async (userId: string) =>
  (await server.database.pool.query<{ id: string }>('select id from people where user_id = $1', [userId])).rows[0]?.id ?? '';

describe('what was decided for a person', () => {
  it('is kept when it changes, with the condition and what was found, the latest first', async () => {
    await publishBody(server, { slice: 'guides', id: 'cards' }, tourOf(did('Card Added', 2), { name: 'Cards' }));
    await send({ type: 'track', userId: 'ada', event: 'Card Added' });
    const ada = await personOf('ada');
    await visit('ada');
    await visit('ada');
    const [first, ...none] = await until(
      () => changesOf(ada, 'cards'),
      (changes) => changes.length > 0,
    );
    expect(none).toEqual([]);
    expect(first).toMatchObject({
      verdict: 'not_in_audience',
      version: 1,
      reasons: [{ text: 'did “Card Added” at least 2 times', found: 'once' }],
    });
    await send({ type: 'track', userId: 'ada', event: 'Card Added' });
    await visit('ada');
    await send({ type: 'track', userId: 'ada', event: 'Guide Dismissed', properties: { guideId: 'cards' } });
    await visit('ada');
    const changes = await until(
      () => changesOf(ada, 'cards'),
      (found) => found.length === 3,
    );
    expect(changes.map(({ verdict }) => verdict)).toEqual(['blocked', 'shown', 'not_in_audience']);
    expect(changes[0]?.reasons).toEqual([{ text: 'This person has dismissed the tour.', found: null }]);
    const { body } = await server.owner.get<DecisionCountsAnswer>(`${base()}/definitions/guides/cards/decisions`);
    expect(body).toMatchObject({ counts: { blocked: 1, shown: 0 }, exposed: 0 });
  });

  it('is one row a content, and a new version of it is a change', async () => {
    const { rows } = await server.database.pool.query(
      `select verdict, json_array_length(history) as kept from decisions where definition = 'cards'`,
    );
    expect(rows).toEqual([{ verdict: 'blocked', kept: 3 }]);
    await publishBody(server, { slice: 'guides', id: 'cards' }, tourOf(did('Card Added', 2), { name: 'Cards' }));
    await visit('ada');
    const changes = await until(
      async () => changesOf(await personOf('ada'), 'cards'),
      (found) => found.length === 4,
    );
    expect(changes[0]).toMatchObject({ verdict: 'blocked', version: 2 });
  });

  it('is not told to others, nor of somebody who is not there', async () => {
    expect((await server.owner.get(`${base()}/people/p_999/decisions`)).status).toBe(404);
  });
});

describe('a holdout', () => {
  it('keeps the content from its people, counts them as exposed once, and lets the others have it', async () => {
    await publishBody(server, { slice: 'guides', id: 'compared' }, tourOf(everyone, { name: 'Compared', holdout: 50 }));
    const users = Array.from({ length: 12 }, (_, index) => `holdout-${index}`);
    await send(...users.map((userId) => ({ type: 'track', userId, event: 'Came' })));
    const kept: string[] = [];
    for (const user of users) {
      const shown = (await visit(user)).entries.some(({ id }) => id === 'compared');
      const held = isWithheld(holdoutOf('guides/compared', 50), await personOf(user));
      expect([user, shown]).toEqual([user, !held]);
      if (held) kept.push(user);
    }
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(users.length);
    const path = `${base()}/definitions/guides/compared/decisions`;
    const read = async () => (await server.owner.get<DecisionCountsAnswer>(path)).body;
    const counts = await until(read, ({ exposed }) => exposed === kept.length);
    expect(counts.counts).toMatchObject({ withheld: kept.length, shown: users.length - kept.length });
    const exposures = () => countFolded(server.ports.db, server.scope, 'Guide Withheld');
    await until(exposures, (count) => count === kept.length);
    for (const user of kept) await visit(user);
    await server.settle();
    expect(await exposures()).toBe(kept.length);
    const explained = await server.owner.get<{ verdict: string }>(`${base()}/explain/guides/compared/${await personOf(kept[0] ?? '')}`);
    expect(explained.body.verdict).toBe('withheld');
  });

  it('of more than half, or of a share that is no whole number, is refused', async () => {
    for (const holdout of [51, -1, 1.5]) {
      const body = { body: tourOf(everyone, { holdout }), revision: 0 };
      expect((await server.owner.send('PUT', `${base()}/definitions/guides/odd`, { body })).status).toBe(400);
    }
  });
});
