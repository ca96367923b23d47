import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Bench, part, until } from './bench.ts';
import { checklist, step, tour } from './contents.ts';
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

const all = ['board', 'card', 'invite', 'move'];
const tick = (...ticked: string[]) =>
  server.offer(
    '*',
    server.contents.map((content) =>
      server.entry(
        content,
        content.kind === 'checklist' ? { state: { ticked, completed: ticked.length === all.length, dismissed: false } } : {},
      ),
    ),
  );
const item = (page: Page, id: string) => page.locator(`[data-gangway] [data-item-id="${id}"]`);

async function open(): Promise<Page> {
  const page = await bench.page();
  await page.goto(server.origin);
  await part(page, 'launcher').click();
  await part(page, 'panel').waitFor();
  return page;
}

test('a pill says how far the person is; it opens, remembers that in this tab, and closes by Escape', async () => {
  server.publish(checklist());
  tick('board');
  const page = await open();
  expect(await part(page, 'launcher').textContent()).toBe('Getting started 1 of 4');
  expect(await part(page, 'launcher').getAttribute('aria-expanded')).toBe('true');
  expect(await item(page, 'board').getAttribute('data-ticked')).toBe('true');
  expect(await item(page, 'board').textContent()).toContain('(done)');
  expect(await item(page, 'card').locator('button').first().getAttribute('aria-expanded')).toBe('true');
  await page.reload();
  await part(page, 'panel').waitFor();
  await part(page, 'minimise').focus();
  await page.keyboard.press('Escape');
  await part(page, 'panel').waitFor({ state: 'hidden' });
  await page.reload();
  await part(page, 'launcher').waitFor();
  expect(await part(page, 'panel').isVisible()).toBe(false);
  expect(server.named('Checklist Shown')).toHaveLength(1);
});

test('a tick arrives live: the row is marked, the next one opens, it is announced; the last one brings the finished state', async () => {
  server.publish(checklist());
  const page = await open();
  await until(() => server.openStreams === 1, 'stream');
  tick('board');
  await until(async () => (await item(page, 'board').getAttribute('data-ticked')) === 'true', 'ticked', 1000);
  expect(await item(page, 'card').locator('button').first().getAttribute('aria-expanded')).toBe('true');
  await until(async () => (await part(page, 'status').allTextContents()).includes('Done: Create your first board'), 'announced');
  tick(...all);
  await part(page, 'finished').waitFor();
  expect(await part(page, 'launcher').textContent()).toBe('Getting started Done');
  await part(page, 'dismiss').click();
  await until(() => server.named('Checklist Dismissed').length === 1, 'dismissed');
  expect(await page.locator('[data-gangway]').count()).toBe(0);
});

test('hiding it can be undone; otherwise it is final when the page is left, and a stale manifest does not bring it back', async () => {
  server.publish(checklist());
  const page = await open();
  await part(page, 'dismiss').click();
  await part(page, 'undo').click();
  await part(page, 'panel').waitFor();
  expect(server.named('Checklist Dismissed')).toEqual([]);
  await part(page, 'dismiss').click();
  await page.reload();
  await until(() => server.named('Checklist Dismissed').length === 1, 'dismissed');
  await page.waitForTimeout(300);
  expect(await page.locator('[data-gangway]').count()).toBe(0);
});

test('an item starts its tour: the panel makes room, the card takes the focus; opening an item is an event', async () => {
  server.publish(checklist(), tour([step('create')], { start: 'manual' }));
  const page = await open();
  await item(page, 'invite').locator('button').first().click();
  await until(() => server.named('Checklist Item Opened').some(({ properties }) => properties.itemId === 'invite'), 'opened');
  await item(page, 'board').locator('button').first().click();
  await item(page, 'board').locator('[data-part="action"]').click();
  await part(page, 'card').waitFor();
  expect(await part(page, 'panel').isVisible()).toBe(false);
  expect(await part(page, 'launcher').isVisible()).toBe(true);
  expect(await page.evaluate(() => (document.activeElement?.shadowRoot?.activeElement as HTMLElement | null)?.dataset.part)).toBe('card');
});

test('an item whose tour is not there for this person says so', async () => {
  server.publish(checklist());
  const page = await open();
  await item(page, 'board').locator('[data-part="action"]').click();
  expect(await item(page, 'board').textContent()).toContain('This tour is not available now.');
  await part(page, 'card').waitFor({ state: 'detached' });
});

test('an item goes to its page', async () => {
  server.pages.set('/cards', server.pages.get('/') ?? '');
  server.publish(checklist());
  tick('board');
  const page = await open();
  await item(page, 'card').locator('[data-part="action"]').click();
  await page.waitForURL('**/cards');
  await part(page, 'panel').waitFor();
});

test('never two things at once: while a tour is open the list is a pill, unless the person opens it', async () => {
  server.publish(checklist());
  const page = await open();
  server.publish(checklist(), tour([step('create')]));
  await part(page, 'card').waitFor();
  expect(await part(page, 'panel').isVisible()).toBe(false);
  await part(page, 'launcher').click();
  expect(await part(page, 'panel').isVisible()).toBe(true);
  await part(page, 'launcher').click();
  await part(page, 'close').click();
  await part(page, 'card').waitFor({ state: 'detached' });
  expect(await part(page, 'panel').isVisible()).toBe(false);
});
