import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Bench, gapTo, part, until } from './bench.ts';
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

const strict = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'";
const plainIcon = (html: string) => html.replace('<link rel="icon" href="data:,">', '');

/** Walks through the whole tour and opens the checklist. */
async function walk(page: Page): Promise<void> {
  await part(page, 'card').waitFor();
  expect(await gapTo(page, '[data-testid=create]')).toBeLessThanOrEqual(16);
  expect(await part(page, 'card').evaluate((card) => getComputedStyle(card).borderRadius)).toBe('10px');
  await part(page, 'next').click();
  await part(page, 'next').click();
  await part(page, 'launcher').click();
  await part(page, 'item').nth(1).locator('button').first().click();
  expect(await part(page, 'panel').isVisible()).toBe(true);
}

describe('policies', () => {
  for (const [name, policy] of [
    ['48: strict content security policy', strict],
    ['49: and Trusted Types', `${strict}; require-trusted-types-for 'script'; trusted-types 'none'`],
  ] as const) {
    test(name, async () => {
      server.pageHeaders = { 'content-security-policy': policy };
      server.pages.set('/', plainIcon(fixturePage()));
      server.publish(tour([step('create'), step('name')]), checklist());
      const page = await bench.page();
      await page.addInitScript(() => {
        const violations: string[] = [];
        (window as unknown as { violations: string[] }).violations = violations;
        document.addEventListener('securitypolicyviolation', (event) =>
          violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
        );
      });
      await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
      await page.goto(server.origin);
      await walk(page);
      expect(await page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([]);
    });
  }
});

test('50: markup stays text, unsafe links and unknown blocks are left out, nothing runs', async () => {
  const body = [
    {
      type: 'paragraph',
      children: [
        { text: '<img src=x onerror="window.hit=1">' },
        { text: 'bad', href: 'java\nscript:window.hit=1' },
        { text: 'data', href: 'data:text/html,x' },
        { text: 'good', href: 'https://example.com/' },
      ],
    },
    { type: 'html', html: '<script>window.hit=1</script>' },
  ];
  server.publish(tour([step('create', { body: body as never })]));
  const page = await bench.page();
  await page.goto(server.origin);
  await part(page, 'card').waitFor();
  expect(await part(page, 'card').textContent()).toContain('<img src=x onerror="window.hit=1">bad');
  expect(
    await part(page, 'card')
      .locator('a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
  ).toEqual(['https://example.com/']);
  expect(await part(page, 'card').locator('img, script').count()).toBe(0);
  expect(await page.evaluate('window.hit')).toBeUndefined();
});

test('51: a manifest that was tampered with, or is for another environment, is ignored; the last good one stays; one event says so', async () => {
  server.publish(tour([step('create'), step('name')]));
  const page = await bench.page();
  await page.goto(server.origin);
  await part(page, 'next').click();
  await until(() => server.named('Guide Step Viewed').length === 2, 'second step');
  await page.goto('about:blank');
  server.tamper = true;
  server.offer('*', []);
  await page.goto(server.origin);
  await part(page, 'card').waitFor();
  await until(() => server.named('SDK Manifest Refused').length > 0, 'refused');
  await page.waitForTimeout(300);
  expect(server.named('SDK Manifest Refused').map(({ properties }) => properties)).toEqual([{ reason: 'signature' }]);
  expect(await part(page, 'progress').textContent()).toBe('2 of 2');
});

test('52: storage that throws on access: the tour works, state is in memory', async () => {
  server.publish(tour([step('create'), step('name')]));
  const page = await bench.page();
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('denied', 'SecurityError');
        },
      });
    }
  });
  await page.goto(server.origin);
  await part(page, 'next').click();
  await part(page, 'next').click();
  await until(() => server.named('Guide Completed').length === 1, 'completed');
});

test('one surface that fails takes nothing else with it', async () => {
  server.publish(checklist(), { id: 'broken', kind: 'tour', version: 1, body: { start: 'auto', steps: [{ id: 'x' }] } });
  const page = await bench.page();
  await page.goto(server.origin);
  await part(page, 'launcher').click();
  expect(await part(page, 'panel').isVisible()).toBe(true);
  await until(() => server.named('SDK Surface Failed').length === 1, 'failure reported');
});

test('on plain http without WebCrypto it works, and the console says once that signatures are not checked', async () => {
  server.publish(tour([step('create')]));
  const page = await bench.page();
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await page.addInitScript(() => {
    Object.defineProperty(crypto, 'subtle', { value: undefined });
    Object.defineProperty(crypto, 'randomUUID', { value: undefined });
    Object.defineProperty(navigator, 'locks', { value: undefined });
  });
  await page.goto(server.origin);
  await part(page, 'card').waitFor();
  await until(() => server.named('Guide Step Viewed').length === 1, 'viewed');
  expect(server.events[0]?.messageId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(said.filter((text) => text.includes('signatures are not checked'))).toHaveLength(1);
});
