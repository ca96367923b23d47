import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Gangway } from '../src/api.ts';
import { Bench, part, until } from './bench.ts';
import { step, tour } from './contents.ts';
import type { SentEvent, StubServer } from './stub-server.ts';

let bench: Bench;
let server: StubServer;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.close());
beforeEach(async () => {
  server = await bench.begin();
});
afterEach(async () => expect(await bench.end()).toEqual([]));

interface Body {
  readonly userId?: string;
  readonly token?: string;
  readonly context?: { readonly gangwayToken?: string };
  readonly batch?: readonly SentEvent[];
}

/** What the page has sent, by path. */
function bodiesOf(page: Page): Map<string, Body[]> {
  const bodies = new Map<string, Body[]>();
  page.on('request', (request) => {
    const path = new URL(request.url()).pathname;
    if (request.method() !== 'POST') return;
    bodies.set(path, [...(bodies.get(path) ?? []), JSON.parse(request.postData() ?? '{}') as Body]);
  });
  return bodies;
}

test('a token goes with every batch and manifest of its user, a newer one takes its place, and it ends with the user', async () => {
  server.publish(tour([step('create')]));
  const page = await bench.page();
  const bodies = bodiesOf(page);
  const last = (path: string) => bodies.get(path)?.at(-1);
  await page.goto(server.origin);
  await part(page, 'card').waitFor();
  const identify = (token?: string) =>
    page.evaluate((given) => {
      const { gangway } = window as unknown as { gangway: Gangway };
      gangway.identify('ada', { plan: 'pro' }, given === undefined ? undefined : { token: given });
    }, token);
  await identify('token-1');
  await until(() => last('/v1/batch')?.context?.gangwayToken === 'token-1' && last('/v1/manifest')?.token === 'token-1', 'the first token');
  expect(last('/v1/manifest')).toMatchObject({ userId: 'ada' });
  // Once for all: not in each event, where it would be kept longer and weigh more.
  expect(JSON.stringify(last('/v1/batch')?.batch)).not.toContain('token-1');
  await identify('token-2');
  await until(() => last('/v1/batch')?.context?.gangwayToken === 'token-2' && last('/v1/manifest')?.token === 'token-2', 'the next token');
  await page.evaluate(() => (window as unknown as { gangway: Gangway }).gangway.reset());
  await until(() => last('/v1/manifest')?.userId === undefined, 'an anonymous manifest');
  expect(last('/v1/manifest')?.token).toBeUndefined();
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('token-');
});

/** Whom an event names, what happened, and the token that it came with. An event that names nobody may come with any. */
const proofs = (bodies: Map<string, Body[]>) =>
  (bodies.get('/v1/batch') ?? []).flatMap(({ batch = [], context }) =>
    batch
      .filter(({ userId }) => userId !== undefined)
      .map(({ userId, type, event = type }) => `${userId}: ${event}: ${context?.gangwayToken}`),
  );

test('what waits when its user goes leaves with their token, and with nobody else’s', async () => {
  const page = await bench.page();
  const bodies = bodiesOf(page);
  await page.goto(server.origin);
  await page.evaluate(() => {
    const { gangway } = window as unknown as { gangway: Gangway };
    gangway.identify('ada', undefined, { token: 'token-ada' });
    gangway.track('Board Saved');
    gangway.reset();
    gangway.track('Door Seen');
    gangway.identify('bob', undefined, { token: 'token-bob' });
    gangway.track('Board Opened');
    gangway.identify('eve');
  });
  await until(() => proofs(bodies).length >= 5, 'everything');
  expect(new Set(proofs(bodies))).toEqual(
    new Set([
      'ada: identify: token-ada',
      'ada: Board Saved: token-ada',
      'bob: identify: token-bob',
      'bob: Board Opened: token-bob',
      'eve: identify: undefined',
    ]),
  );
  expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toContain('token-');
});

test('what was refused for a while leaves with the token of its user, not of the one who is here now', async () => {
  server.refuse = { status: 503 };
  // The browser complains of such an answer, as it should.
  const page = await (await bench.context()).newPage();
  const bodies = bodiesOf(page);
  await page.goto(server.origin);
  await page.evaluate(() => {
    const { gangway } = window as unknown as { gangway: Gangway };
    gangway.identify('ada', undefined, { token: 'token-ada' });
    gangway.track('Board Saved');
    gangway.identify('bob', undefined, { token: 'token-bob' });
  });
  await until(() => server.calls('/v1/batch') > 0, 'a refused attempt');
  server.refuse = undefined;
  await page.evaluate(() => (window as unknown as { gangway: Gangway }).gangway.flush());
  await until(() => server.events.length === 3 && bodies.get('/v1/batch')?.at(-1)?.context?.gangwayToken === 'token-bob', 'everything');
  expect(new Set(proofs(bodies))).toEqual(new Set(['ada: identify: token-ada', 'ada: Board Saved: token-ada', 'bob: identify: token-bob']));
});

test('a new token does not wait for the answer to the one before', async () => {
  const page = await bench.page();
  const bodies = bodiesOf(page);
  const asked = (token: string) => bodies.get('/v1/manifest')?.some((body) => body.token === token) ?? false;
  const identify = (token: string) =>
    page.evaluate((given) => (window as unknown as { gangway: Gangway }).gangway.identify('ada', undefined, { token: given }), token);
  await page.goto(server.origin);
  await until(() => bodies.has('/v1/manifest'), 'the visitor’s manifest');
  server.delay = 1500;
  await identify('token-1');
  await until(() => asked('token-1'), 'asked with the first token');
  await identify('token-2');
  await until(() => asked('token-2'), 'asked with the next token', 6000);
});
