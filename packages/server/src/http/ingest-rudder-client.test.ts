import { gunzipSync } from 'node:zlib';
import type { PersonAnswer, PersonRow } from '@gangway/product/features/people/contract.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import recorded from '../testing/rudder-node-3.0.13.json' with { type: 'json' };
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic } from '../testing/test-caller.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

// The client brings sixty packages of queues and stores with it, so what it sends was recorded once, byte for byte.
it('RudderStack’s client for Node works unchanged: gzip, form-urlencoded, Basic auth, the first event alone', async () => {
  for (const { path, headers, body } of recorded.requests) {
    expect([headers['content-type'], headers['content-encoding']]).toEqual(['application/x-www-form-urlencoded', 'gzip']);
    const bytes = Buffer.from(body, 'base64');
    expect(gunzipSync(bytes).toString()).not.toContain('writeKey');
    const answer = await fetch(`${server.origin}${path}`, {
      method: 'POST',
      headers: { ...headers, ...basic(server.environment.writeKey) },
      body: bytes,
    });
    expect([answer.status, await answer.json()]).toMatchObject([200, { success: true }]);
  }
  await server.settle();
  const base = `/api/e/${server.environment.id}/people`;
  const { people } = (await server.owner.get<{ people: PersonRow[] }>(base)).body;
  expect(people.map(({ userId }) => userId)).toEqual(['rudder-ada']);
  const person = (await server.owner.get<PersonAnswer>(`${base}/${people[0]?.id}`)).body;
  expect(person).toMatchObject({ name: 'Ada Lovelace', accounts: [{ id: 'acme', name: 'Acme' }], traits: { seats: 3 } });
  expect(person.events.map(({ name, count }) => `${name} ${count}`).sort()).toEqual(
    ['Aliased 1', 'Board Created 1', 'Group Joined 1', 'Identified 1', 'Page Viewed 1', 'Pricing Viewed 1', 'Screen Viewed 1'].sort(),
  );
  expect(person.identities.map(({ value }) => value).sort()).toEqual(['rudder-ada', 'rudder-device', 'rudder-old']);
});
