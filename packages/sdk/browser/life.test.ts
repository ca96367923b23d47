import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Bench, part, until } from './bench.ts';
import { checklist, step, tour } from './contents.ts';
import { fixturePage } from './fixture.ts';
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

test('a visitor who signs in keeps the anonymous id, and sees what is for the user as soon as the server knows', async () => {
  const guide = tour([step('create')]);
  server.publish(guide);
  server.offer('*', []);
  const page = await bench.page();
  await page.goto(server.origin);
  await page.evaluate(
    "gangway.track('Looked Around'); gangway.identify('ada', { plan: 'pro' }); gangway.group('acme', { seats: 5 }); gangway.page('Boards')",
  );
  await until(() => server.openStreams === 1, 'listening for the effect');
  server.offer('ada', [server.entry(guide)]);
  await part(page, 'card').waitFor();
  await page.evaluate('gangway.flush()');
  const [looked, identify, group, viewed] = server.events;
  expect([looked?.userId, identify?.userId, group?.userId]).toEqual([undefined, 'ada', 'ada']);
  expect(new Set(server.events.map(({ anonymousId }) => anonymousId)).size).toBe(1);
  expect(viewed).toMatchObject({
    type: 'page',
    name: 'Boards',
    context: { groupId: 'acme', library: { name: 'gangway.js' }, page: { path: '/', title: 'Fixture' } },
  });
});

test('signing in while the visitor’s manifest is still under way brings the user’s, without the stream too', async () => {
  const guide = tour([step('create')]);
  server.publish(guide);
  server.offer('*', []);
  server.offer('ada', [server.entry(guide)]);
  server.delay = 400;
  const page = await bench.page();
  await page.route('**/v1/stream', (route) => route.fulfill({ status: 204 }));
  await page.goto(server.origin);
  await until(() => server.calls('/v1/manifest') === 1, 'asked for the visitor');
  await page.evaluate("gangway.identify('ada')");
  await part(page, 'card').waitFor();
});

test('an event that a definition waits for leaves at once and its effect arrives; others wait for company', async () => {
  const guide = tour([step('create')]);
  server.publish(guide);
  server.offer('*', [], ['Board Created']);
  const page = await bench.page();
  await page.goto(server.origin);
  await until(async () => page.evaluate(() => Object.keys(localStorage).some((key) => key.endsWith('manifest'))), 'manifest');
  await page.evaluate("gangway.track('Mouse Moved')");
  await page.waitForTimeout(800);
  expect(server.batches).toHaveLength(0);
  await page.evaluate("gangway.track('Board Created', { name: 'Plan' })");
  await until(() => server.named('Board Created').length === 1 && server.openStreams === 1, 'sent at once', 1000);
  expect(server.named('Mouse Moved')).toHaveLength(1);
  server.offer('*', [server.entry(guide)]);
  await part(page, 'card').waitFor({ timeout: 1000 });
});

test('reset: everything of the user goes, a new visitor begins', async () => {
  server.publish(tour([step('create')]), checklist());
  const page = await bench.page();
  await page.goto(server.origin);
  await page.evaluate("gangway.identify('ada')");
  await part(page, 'card').waitFor();
  const before = await page.evaluate(() => localStorage.getItem('gangway:wk_1:identity'));
  server.publish();
  const hosts = await page.evaluate("gangway.reset(); document.querySelectorAll('[data-gangway]').length");
  expect(hosts).toBe(0);
  const after = await page.evaluate(() => localStorage.getItem('gangway:wk_1:identity'));
  expect(after).not.toBe(before);
  expect(after).not.toContain('ada');
});

test('an identity that changes in one tab changes in the other', async () => {
  const guide = tour([step('create')]);
  server.publish(guide);
  server.offer('*', []);
  server.offer('ada', [server.entry(guide)]);
  const context = await bench.context();
  const [first, second] = [bench.watch(await context.newPage()), bench.watch(await context.newPage())];
  await first.goto(server.origin);
  await first.evaluate("gangway.identify('ada')");
  await part(first, 'card').waitFor();
  await second.goto(server.origin);
  await second.evaluate("gangway.identify('bob')");
  await part(first, 'card').waitFor({ state: 'detached' });
  await first.evaluate("gangway.track('From First Tab'); gangway.flush()");
  await until(() => server.named('From First Tab').length === 1, 'event');
  expect(server.named('From First Tab')[0]?.userId).toBe('bob');
});

test('the server on another origin, under a policy that names only it: everything works without a preflight', async () => {
  const other = server.origin.replace('127.0.0.1', 'localhost');
  server.pageHeaders = {
    'content-security-policy': `default-src 'none'; script-src ${server.origin}; style-src 'self'; connect-src ${server.origin}`,
  };
  server.pages.set(
    '/',
    fixturePage({ snippet: `<script src="${server.origin}/sdk/wk_1.js"></script>` }).replace('<link rel="icon" href="data:,">', ''),
  );
  server.publish(tour([step('create'), step('name')]), checklist());
  const page = await bench.page();
  await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
  await page.goto(other);
  await part(page, 'next').click();
  await part(page, 'next').click();
  await until(() => server.named('Guide Completed').length === 1 && server.openStreams === 1, 'completed, and a stream');
  expect(server.requests.filter(({ method }) => method === 'OPTIONS')).toEqual([]);
});

test('what the stream says reaches a page that was looking elsewhere when it comes back', async () => {
  server.publish(checklist());
  const page = await bench.page();
  await page.goto(server.origin);
  await until(() => server.openStreams === 1, 'stream');
  const hide = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await hide(true);
  await until(() => server.openStreams === 0, 'stream closed while hidden');
  const content = server.contents[0] ?? checklist();
  server.offer('*', [server.entry(content, { state: { ticked: ['board'], completed: false, dismissed: false } })]);
  await hide(false);
  await until(async () => (await part(page, 'launcher').textContent())?.includes('1 of 4') ?? false, 'ticked');
});

test('a refresh of the page under an open card does not pull the page back to it', async () => {
  server.publish(tour([step('create')]));
  const page = await bench.page();
  await page.goto(server.origin);
  await part(page, 'card').waitFor();
  await page.mouse.wheel(0, 900);
  await until(async () => (await page.evaluate(() => scrollY)) > 600, 'scrolled');
  await page.evaluate(() => {
    const target = document.querySelector('[data-testid=create]');
    target?.replaceWith(target.cloneNode(true));
  });
  await page.waitForTimeout(150);
  expect(await page.evaluate(() => scrollY)).toBeGreaterThan(600);
});
