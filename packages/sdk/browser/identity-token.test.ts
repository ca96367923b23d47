import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Gangway } from '../src/api.ts';
import { Bench, part, until } from './bench.ts';
import { step, tour } from './contents.ts';
import type { StubServer } from './stub-server.ts';

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
  readonly batch?: readonly { readonly context?: object }[];
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
