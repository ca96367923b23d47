import type {
  FailedAnswer,
  IngestionAnswer,
  PersonAnswer,
  PersonRow,
  ReplayAnswer,
  VarietyAnswer,
} from '@gangway/product/features/people/contract.ts';
import { moreKey, otherEvents, ownNameKey } from '@gangway/product/pipeline/variety.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic, newId } from '../testing/test-caller.ts';
import { addWorkspace } from '../testing/test-workspace.ts';

let server: TestServer;
let base: string;
beforeAll(async () => {
  server = await startTestServer();
  base = `/api/e/${server.environment.id}`;
});
afterAll(() => server.stop());

interface Sent {
  readonly verdicts: readonly { readonly verdict: string; readonly reason?: string }[];
}
async function send(batch: readonly object[], key = server.environment.writeKey): Promise<Sent['verdicts']> {
  const events = batch.map((event) => ({ type: 'track', messageId: newId(), ...event }));
  const { status, body } = await server.as(undefined).post<Sent>('/v1/batch', { batch: events }, basic(key));
  expect(status).toBe(200);
  return body.verdicts;
}
const variety = async () => (await server.owner.get<VarietyAnswer>(`${base}/variety`)).body;
const setCaps = (caps: object) => server.owner.send<VarietyAnswer>('PUT', `${base}/variety`, { body: caps });
const ingestion = async () => (await server.owner.get<IngestionAnswer>(`${base}/ingestion`)).body;
async function person(userId: string): Promise<PersonAnswer | undefined> {
  await server.settle();
  const { people } = (await server.owner.get<{ people: PersonRow[] }>(`${base}/people?search=${userId}`)).body;
  return people[0] && (await server.owner.get<PersonAnswer>(`${base}/people/${people[0].id}`)).body;
}
const timeline = async (id = '') =>
  (await server.owner.get<{ events: { name: string; properties: object }[] }>(`${base}/people/${id}/timeline`)).body.events;

describe('60: a flood of different', () => {
  it('event names ends at the cap: known names go on, the others count under one name, are listed, and keep what they said', async () => {
    await setCaps({ eventNames: 20, propertiesPerEvent: 5, people: 1_000 });
    for (let round = 0; round < 5; round++)
      await send(
        Array.from({ length: 500 }, (_, index) => ({ event: `Flood ${round * 500 + index}`, userId: 'flooder', properties: { a: 1 } })),
      );
    await send([
      { event: 'Flood 3', userId: 'quiet' },
      { event: 'Nobody knows me', userId: 'quiet', properties: { plan: 'pro' } },
    ]);
    const { used, capped } = await variety();
    expect(used.eventNames).toBe(20);
    const names = capped.filter(({ kind }) => kind === 'event');
    expect(names.reduce((sum, { count }) => sum + count, 0)).toBe(2_481);
    expect(names.length).toBeLessThanOrEqual(201);
    expect(names[0]).toMatchObject({ word: '', of: '' });
    const quiet = await person('quiet');
    expect(quiet?.events.map(({ name }) => name).sort()).toEqual([otherEvents, 'Flood 3'].sort());
    expect(await timeline(quiet?.id)).toContainEqual(
      expect.objectContaining({ name: otherEvents, properties: { plan: 'pro', [ownNameKey]: 'Nobody knows me' } }),
    );
    expect((await person('flooder'))?.events.reduce((sum, { count }) => sum + count, 0)).toBe(2_500);
    expect((await ingestion()).balanced).toBe(true);
  });

  it('keys of properties ends at the cap, an event at a time', async () => {
    await send([{ event: 'Flood 1', userId: 'keys', properties: { b: 1, c: 2, d: 3, e: 4, f: 5, g: 6 } }]);
    const found = await person('keys');
    expect((await timeline(found?.id))[0]?.properties).toEqual({ b: 1, c: 2, d: 3, e: 4, [moreKey]: { f: 5, g: 6 } });
    expect((await variety()).used.properties).toMatchObject({ keys: 5 });
  });

  it('our own events pass whatever was learned before them', async () => {
    await send([{ event: 'Guide Shown', userId: 'own', properties: { guideId: 'tour' } }]);
    expect((await person('own'))?.events).toMatchObject([{ name: 'Guide Shown' }]);
  });

  it('people ends at the cap: who is known goes on, strangers are refused with the reason, kept, and pass when there is room', async () => {
    const { used } = await variety();
    await setCaps({ eventNames: 20, propertiesPerEvent: 5, people: used.people + 2 });
    server.clock.advance(60_000);
    const verdicts = await send(Array.from({ length: 300 }, (_, index) => ({ event: 'Flood 1', userId: `stranger-${index}` })));
    expect(verdicts.filter(({ verdict }) => verdict === 'accepted')).toHaveLength(2);
    expect(verdicts[299]).toMatchObject({ verdict: 'rejected', reason: 'too_many_people' });
    await server.settle();
    expect(
      (
        await send([
          { event: 'Flood 1', userId: 'quiet' },
          { event: 'Flood 1', userId: 'late' },
        ])
      ).map(({ verdict }) => verdict),
    ).toEqual(['accepted', 'rejected']);
    await server.settle();
    expect((await variety()).used.people).toBe(used.people + 2);
    expect((await variety()).capped).toContainEqual(expect.objectContaining({ kind: 'people', count: 299 }));
    const { body } = await server.owner.get<FailedAnswer>(`${base}/failed?reason=too_many_people&search=late`);
    expect(body.total).toBe(1);
    await server.owner.post<ReplayAnswer>(`${base}/failed/replay`, { ids: [body.events[0]?.id] });
    expect((await person('late'))?.events).toMatchObject([{ name: 'Flood 1', count: 1 }]);
    expect((await ingestion()).balanced).toBe(true);
  });

  it('is the environment’s own, and its caps are checked and written down', async () => {
    const other = await addWorkspace(server.services, `calm-${newId()}`);
    expect((await send([{ event: 'Never seen', userId: 'calm' }], other.writeKey))[0]?.verdict).toBe('accepted');
    expect((await setCaps({ eventNames: 0, propertiesPerEvent: 5, people: 5 })).status).toBe(400);
    expect((await server.as(other.cookie).get(`${base}/variety`)).status).toBe(404);
    const { rows } = await server.database.pool.query<{ object: string }>(
      `select object from audit where action = 'variety.capped' limit 1`,
    );
    expect(rows[0]?.object).toBe('20 names, 5 keys an event, 1000 people');
  });
});
