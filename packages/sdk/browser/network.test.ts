import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Bench, part, pressInPage, timing, until } from './bench.ts';
import { step, tour } from './contents.ts';
import type { StubServer } from './stub-server.ts';

let bench: Bench;
let server: StubServer;
/** Failed requests are the subject here, and the browser itself writes them to the console. */
const expected = /Failed to load resource|net::ERR/;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.close());
beforeEach(async () => {
  server = await bench.begin();
});
afterEach(async () => expect((await bench.end()).filter((complaint) => !expected.test(complaint))).toEqual([]));

const steps = ['create', 'name', 'menu', 'edit-1', 'edit-2'].map((id) => step(id));

async function started(): Promise<Page> {
  server.publish(tour(steps));
  const page = await bench.page();
  await page.goto(server.origin);
  await part(page, 'card').waitFor();
  await until(() => server.named('Guide Step Viewed').length === 1, 'first step viewed');
  return page;
}

test('54: a blocked host: what is stored still runs, few retries, the page is not touched', async () => {
  const page = await started();
  let blocked = 0;
  await page.context().route('**/v1/**', (route) => {
    blocked++;
    return route.abort('blockedbyclient');
  });
  await page.reload();
  await part(page, 'next').click();
  await part(page, 'next').click();
  for (let index = 0; index < 20; index++) await page.evaluate("gangway.track('Noise')");
  await page.waitForTimeout(6000);
  expect(await part(page, 'progress').textContent()).toBe('3 of 5');
  expect(blocked).toBeGreaterThan(0);
  expect(blocked).toBeLessThanOrEqual(4);
});

test('55: 429 with Retry-After: nothing is sent before, also not by the next page, and the queue is kept', async () => {
  const page = await started();
  server.refuse = { status: 429, headers: { 'retry-after': '4' } };
  const batches = () => server.requests.filter(({ path }) => path === '/v1/batch');
  const before = batches().length;
  await part(page, 'next').click();
  await until(() => batches().length > before, 'refused once');
  const refusedAt = Date.now();
  const refused = batches().length;
  server.refuse = undefined;
  await part(page, 'next').click();
  await page.evaluate('gangway.flush()');
  await page.reload();
  await page.waitForTimeout(1500);
  expect(batches().length).toBe(refused);
  await until(() => server.named('Guide Step Viewed').length === 3, 'all delivered', 8000);
  expect(Date.now() - refusedAt).toBeGreaterThan(3800);
});

test('56: offline during steps 2 to 5, a reload, online: everything arrives once, in order, with its own time', async () => {
  const page = await started();
  await page.context().route('**/v1/**', (route) => route.abort('internetdisconnected'));
  for (let index = 0; index < 3; index++) {
    await part(page, 'next').click();
    await page.waitForTimeout(60);
  }
  await page.reload();
  await part(page, 'next').click();
  await part(page, 'next').click();
  await part(page, 'card').waitFor({ state: 'detached' });
  await page.context().unroute('**/v1/**');
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await until(() => server.named('Guide Completed').length === 1, 'completed');
  expect(server.named('Guide Step Viewed').map(({ properties }) => properties.stepId)).toEqual([
    'create',
    'name',
    'menu',
    'edit-1',
    'edit-2',
  ]);
  // A request that outlives its page is not acknowledged to anybody, so its events come again; the id makes them one.
  const once = new Map(server.events.toReversed().map(({ messageId, timestamp }) => [messageId, timestamp]));
  const times = [...once.values()].reverse();
  expect(times).toEqual([...times].sort());
  expect(times).toHaveLength(server.named('Guide Step Viewed').length + 2);
});

test('57: the page goes away right after Next: the event arrives; 200 events of 1 KB leave in bodies of at most 48 KiB, none lost', async () => {
  const page = await started();
  server.pages.set('/other', '<!doctype html><title>Other</title><link rel="icon" href="data:,"><p>Other</p>');
  await page.evaluate(`(${pressInPage})('next'); location.href = '/other'`);
  await page.waitForURL('**/other');
  // Without the SDK on the other page only a request that outlives its page can have brought it.
  await until(() => server.named('Guide Step Viewed').length >= 1, 'arrived');
  await page.goto(server.origin);
  await part(page, 'card').waitFor();
  await page.evaluate(() => {
    const { gangway } = window as unknown as { gangway: { track(name: string, properties: object): void } };
    for (let n = 0; n < 200; n++) gangway.track('Bulk', { n, filler: 'x'.repeat(650) });
    location.href = '/other';
  });
  await page.waitForURL('**/other');
  await page.goto(server.origin);
  await until(() => server.named('Bulk').length === 200, 'all 200', 10_000);
  expect(Math.max(...server.requests.filter(({ path }) => path === '/v1/batch').map(({ size }) => size))).toBeLessThanOrEqual(48 * 1024);
});

test('62: cold, the manifest and the bundle are asked for side by side; warm, nothing before the first step', timing, async () => {
  server.publish(tour(steps));
  server.delay = 300;
  const page = await bench.page();
  const requests: { path: string; at: number }[] = [];
  page.on('request', (request) => requests.push({ path: new URL(request.url()).pathname, at: Date.now() }));
  await page.goto(server.origin);
  await part(page, 'card').waitFor();
  const at = (start: string) => requests.find(({ path }) => path.startsWith(start))?.at ?? 0;
  expect(Math.abs(at('/v1/manifest') - at('/v1/bundle/'))).toBeLessThan(150);
  expect(requests.filter(({ path }) => path.startsWith('/v1/bundle/'))).toHaveLength(1);
  requests.length = 0;
  server.delay = 3000;
  await page.addInitScript(`const look = () => {
    const cards = [...document.querySelectorAll('[data-gangway]')].map((host) => host.shadowRoot?.querySelector('[data-part="card"]'));
    if (cards.some((card) => card?.checkVisibility())) window.cardAt = performance.timeOrigin + performance.now();
    else requestAnimationFrame(look);
  }; look();`);
  await page.reload();
  await part(page, 'card').waitFor();
  await until(() => requests.some(({ path }) => path === '/v1/manifest'), 'asked afterwards');
  const cardAt = await page.evaluate<number>('window.cardAt');
  expect(requests.filter(({ path, at: sent }) => path.startsWith('/v1/') && sent < cardAt)).toEqual([]);
});

test('what is lost for good is counted and said', async () => {
  const page = await started();
  await page.evaluate(() =>
    (window as unknown as { gangway: { track(name: string, properties: object): void } }).gangway.track('Huge', {
      filler: 'x'.repeat(40_000),
    }),
  );
  await page.evaluate("gangway.track('Small')");
  await page.evaluate('gangway.flush()');
  await page.evaluate('gangway.flush()');
  await until(() => server.named('SDK Events Dropped').length === 1, 'dropped said');
  expect(server.named('SDK Events Dropped')[0]?.properties).toEqual({ count: 1 });
  expect(server.named('Huge')).toEqual([]);
});
