import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Bench, part, pressInPage } from './bench.ts';
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

async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await bench.page(options);
  await page.goto(server.origin);
  await part(page, 'card').waitFor();
  await page.waitForTimeout(200);
  return page;
}

const long = Array.from({ length: 12 }, (_, index) => ({
  type: 'paragraph' as const,
  children: [{ text: `Paragraph ${index}: boards hold the work of a team, and this explains it at some length.` }],
}));

test('40: at 360 × 640 a sheet with 8 px margin; too tall scrolls inside and keeps its buttons in view', async () => {
  server.publish(tour([step('create', { body: long })]));
  const page = await open({ viewport: { width: 360, height: 640 } });
  const card = await part(page, 'card').boundingBox();
  const next = await part(page, 'next').boundingBox();
  expect(card?.x).toBeGreaterThanOrEqual(8);
  expect((card?.x ?? 0) + (card?.width ?? 0)).toBeLessThanOrEqual(352);
  expect((card?.y ?? 0) + (card?.height ?? 0)).toBeLessThanOrEqual(632.5);
  expect((next?.y ?? 0) + (next?.height ?? 0)).toBeLessThanOrEqual(632.5);
  const target = await page.locator('[data-testid=create]').boundingBox();
  expect((target?.y ?? 0) + (target?.height ?? 0)).toBeLessThanOrEqual(card?.y ?? 0);
});

test('42: at 400 % (320 × 256) no sideways scrolling and every control in reach', async () => {
  server.publish(tour([step('create', { body: long }), step('name')]), checklist());
  server.pages.set('/', fixturePage({ head: '<style>#wide,table,form{max-width:280px;overflow:hidden}</style>' }));
  const page = await open({ viewport: { width: 320, height: 256 } });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  for (const name of ['close', 'next']) {
    const box = await part(page, name).boundingBox();
    expect(
      (box?.x ?? -1) >= 0 && (box?.y ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= 320 && (box?.y ?? 0) + (box?.height ?? 0) <= 256,
      name,
    ).toBe(true);
  }
  await part(page, 'close').click();
  await part(page, 'launcher').click();
  for (const name of ['minimise', 'dismiss', 'action']) {
    await part(page, name).first().scrollIntoViewIfNeeded();
    expect(await part(page, name).first().isVisible(), name).toBe(true);
  }
});

test('43: with reduced motion nothing is animated', async () => {
  server.publish(tour([step('create'), step('edit-30')]), checklist());
  const page = await bench.page({ reducedMotion: 'reduce' });
  await page.goto(server.origin);
  await part(page, 'card').waitFor();
  const running = await page.evaluate(async (press) => {
    const ours = () =>
      document.getAnimations().length +
      [...document.querySelectorAll('[data-gangway]')].reduce((sum, host) => sum + (host.shadowRoot?.getAnimations().length ?? 0), 0);
    const counts = [ours()];
    const host = [...document.querySelectorAll('[data-gangway]')].find((each) => each.shadowRoot?.querySelector('[data-part="next"]'));
    new Function(`(${press})('next')`)();
    counts.push(ours());
    await new Promise(requestAnimationFrame);
    counts.push(ours());
    const before = host?.getBoundingClientRect().top;
    await new Promise((resolve) => setTimeout(resolve, 150));
    return { counts, moved: Math.abs((host?.getBoundingClientRect().top ?? 0) - (before ?? 0)) };
  }, pressInPage);
  expect(running.counts).toEqual([0, 0, 0]);
  expect(running.moved).toBeLessThan(1);
});

test('44: right to left on the page, and only around the target', async () => {
  server.publish(tour([step('create', { placement: 'end' })]));
  for (const page of [
    fixturePage({ html: 'dir="rtl"' }),
    fixturePage().replace('<form>', '<form dir="rtl" style="padding-left:500px;width:200px">'),
  ]) {
    server.pages.set('/', page);
    const tab = await open();
    const card = await part(tab, 'card').boundingBox();
    const target = await tab.locator('[data-testid=create]').boundingBox();
    expect((card?.x ?? 0) + (card?.width ?? 0), 'the card is at the left of its target').toBeLessThanOrEqual(target?.x ?? 0);
    expect(await part(tab, 'card').getAttribute('data-aim')).toBe('left');
    const close = await part(tab, 'close').boundingBox();
    expect(close?.x ?? 0, 'the close button is at the left').toBeLessThan((card?.x ?? 0) + 60);
  }
});

test('45: a dark container on a light page makes a dark card', async () => {
  server.publish(tour([step('create'), step('menu')]));
  server.pages.set('/', fixturePage().replace('<form>', '<form style="color-scheme:dark;background:#111">'));
  const page = await open();
  const ground = () => part(page, 'card').evaluate((card) => getComputedStyle(card).backgroundColor);
  expect(await ground()).toBe('rgb(30, 33, 37)');
  await part(page, 'next').click();
  expect(await ground()).toBe('rgb(255, 255, 255)');
});

test('46: hostile styles of the page change no pixel of the card', async () => {
  server.publish(tour([step('create', { target: { selector: '#pin' } })]));
  const pin = '<i id="pin"></i>';
  // Neither fixture sets a font on the body, because the card takes the font of the page on purpose.
  const plain = fixturePage({
    body: pin,
    head: '<style>html{font-family:sans-serif}body{font:inherit;background:#fff}#pin{all:unset!important;position:fixed!important;left:500px!important;top:300px!important;width:50px!important;height:20px!important;display:block!important}</style>',
  });
  const hostile = plain.replace(
    '#pin{',
    '*{all:unset;box-sizing:content-box;font-size:40px!important;letter-spacing:4px;text-transform:uppercase;line-height:3!important;color:red!important}html{font-family:sans-serif!important}#pin{',
  );
  const shots: Buffer[] = [];
  for (const page of [plain, hostile]) {
    server.pages.set('/', page);
    const tab = await open();
    await tab.evaluate(() => {
      for (const each of document.querySelectorAll('#header,#side,#main > :not(#pin)'))
        (each as HTMLElement).style.setProperty('visibility', 'hidden', 'important');
    });
    const box = await part(tab, 'card').boundingBox();
    shots.push(
      await tab.screenshot({
        clip: { x: (box?.x ?? 0) + 1, y: (box?.y ?? 0) + 1, width: (box?.width ?? 0) - 2, height: (box?.height ?? 0) - 2 },
      }),
    );
    expect(box).toMatchObject({ width: 320 });
  }
  expect(shots[0]?.equals(shots[1] ?? Buffer.alloc(0))).toBe(true);
});
