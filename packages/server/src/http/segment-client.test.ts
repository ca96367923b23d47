import type { AccountAnswer, PersonAnswer } from '@gangway/product/features/people/contract.ts';
import { Analytics } from '@segment/analytics-node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

it('Segment’s own client for Node works unchanged: identify, track, page, screen, group and alias', async () => {
  const errors: unknown[] = [];
  const analytics = new Analytics({ writeKey: server.environment.writeKey, host: server.origin, flushAt: 3 });
  analytics.on('error', (error) => errors.push(error));
  analytics.track({ anonymousId: 'device-1', event: 'Pricing Viewed', properties: { plan: 'pro' } });
  analytics.identify({ userId: 'ada', anonymousId: 'device-1', traits: { name: 'Ada Lovelace', email: 'ada@acme.example', seats: 3 } });
  analytics.page({ userId: 'ada', name: 'Home', properties: { path: '/' } });
  analytics.screen({ userId: 'ada', name: 'Board' });
  analytics.group({ userId: 'ada', groupId: 'acme', traits: { name: 'Acme' } });
  analytics.alias({ userId: 'ada', previousId: 'old-device' });
  analytics.track({ userId: 'ada', event: 'Board Created', context: { groupId: 'acme' } });
  await analytics.closeAndFlush({ timeout: 5_000 });
  await server.settle();
  expect(errors).toEqual([]);

  const base = `/api/e/${server.environment.id}`;
  const list = await server.owner.get<{ people: { id: string }[]; total: number }>(`${base}/people`);
  expect(list.body.total).toBe(1);
  const person = (await server.owner.get<PersonAnswer>(`${base}/people/${list.body.people[0]?.id}`)).body;
  expect(person).toMatchObject({ userId: 'ada', name: 'Ada Lovelace', email: 'ada@acme.example', level: 'claimed' });
  expect(person.traits).toMatchObject({ seats: 3 });
  expect(person.accounts).toEqual([{ id: 'acme', name: 'Acme' }]);
  expect(Object.fromEntries(person.events.map(({ name, count }) => [name, count]))).toEqual({
    'Pricing Viewed': 1,
    Identified: 1,
    'Page Viewed': 1,
    'Screen Viewed': 1,
    'Group Joined': 1,
    Aliased: 1,
    'Board Created': 1,
  });
  expect(person.identities).toEqual([
    { kind: 'anonymous', value: 'device-1' },
    { kind: 'anonymous', value: 'old-device' },
    { kind: 'user', value: 'ada' },
  ]);
  const account = (await server.owner.get<AccountAnswer>(`${base}/accounts/acme`)).body;
  expect(account).toMatchObject({ name: 'Acme', people: 1 });
});
