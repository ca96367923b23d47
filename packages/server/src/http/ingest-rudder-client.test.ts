import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { PersonAnswer, PersonRow } from '@gangway/product/features/people/contract.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findTestTool } from '../testing/find-test-tool.ts';
import recorded from '../testing/rudder-node-3.0.13.json' with { type: 'json' };
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic } from '../testing/test-caller.ts';

/** What of RudderStack's client is driven; its own declarations lie outside the project. */
interface RudderClient {
  track(message: object): void;
  identify(message: object): void;
  page(message: object): void;
  screen(message: object): void;
  group(message: object): void;
  alias(message: object): void;
  flush(): Promise<unknown>;
}
type RudderConstructor = new (
  writeKey: string,
  options: { dataPlaneUrl: string; flushInterval: number; errorHandler: (reason: unknown) => void },
) => RudderClient;

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.stop());

// On every machine, byte for byte as version 3.0.13 sent it.
it('RudderStack’s client for Node, as it was recorded: gzip, form-urlencoded, Basic auth, the first event alone', async () => {
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
  await expectAda();
});

const installed = findTestTool('rudder');
if (installed === undefined) {
  it.skip('RudderStack’s client is not driven: it is not installed (node scripts/install-test-tool.mjs rudder, 5 MB)', () => undefined);
} else {
  it('RudderStack’s own client for Node works unchanged: identify, track, page, screen, group, alias and flush', async () => {
    const Client = createRequire(join(installed, 'package.json'))('@rudderstack/rudder-sdk-node') as RudderConstructor;
    const refused: unknown[] = [];
    const client = new Client(server.environment.writeKey, {
      dataPlaneUrl: server.origin,
      flushInterval: 200,
      errorHandler: (reason) => refused.push(reason),
    });
    client.track({ anonymousId: 'rudder-device', event: 'Pricing Viewed', properties: { plan: 'pro' } });
    client.identify({ userId: 'rudder-ada', anonymousId: 'rudder-device', traits: { name: 'Ada Lovelace', seats: 3 } });
    client.page({ userId: 'rudder-ada', name: 'Home' });
    client.screen({ userId: 'rudder-ada', name: 'Board' });
    client.group({ userId: 'rudder-ada', groupId: 'acme', traits: { name: 'Acme' } });
    client.alias({ userId: 'rudder-ada', previousId: 'rudder-old' });
    client.track({ userId: 'rudder-ada', event: 'Board Created', context: { groupId: 'acme' } });
    await client.flush();
    expect(refused).toEqual([]);
    await expectAda();
  });
}

/** What the calls say, however they came: one person with three ids, an account, and each event once. */
async function expectAda() {
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
}
