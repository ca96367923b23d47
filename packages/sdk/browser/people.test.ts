import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContextOptions, Page } from 'playwright-core';
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

async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await bench.page(options);
  await page.goto(server.origin);
  await part(page, 'card').waitFor();
  return page;
}

const focusedPart = (page: Page) =>
  page.evaluate(
    () =>
      (document.activeElement?.shadowRoot?.activeElement as HTMLElement | null)?.dataset.part ??
      (document.activeElement as HTMLElement | null)?.dataset.testid ??
      document.activeElement?.localName,
  );

const dialogBody = '<dialog><p>Settings</p><button data-testid="inside">Inside</button></dialog>';

describe('modals', () => {
  test('27: over a native modal dialog: visible, clickable, focusable, the dialog stays open', async () => {
    server.pages.set('/', fixturePage({ body: dialogBody }));
    server.publish(tour([step('inside'), step('create')]));
    const page = await bench.page();
    await page.goto(server.origin);
    await page.waitForTimeout(300);
    await page.evaluate(() => document.querySelector('dialog')?.showModal());
    await part(page, 'card').waitFor();
    expect(await gapTo(page, '[data-testid=inside]')).toBeLessThanOrEqual(16);
    await part(page, 'next').focus();
    expect(await focusedPart(page)).toBe('next');
    await part(page, 'next').click();
    expect(await page.evaluate(() => document.querySelector('dialog')?.open)).toBe(true);
    // The second step's target is behind the dialog now: the card waits until the dialog closes.
    expect(await part(page, 'card').isVisible()).toBe(false);
    await page.evaluate(() => document.querySelector('dialog')?.close());
    await part(page, 'card').waitFor();
    expect(await gapTo(page, '[data-testid=create]')).toBeLessThanOrEqual(16);
  });

  test('27: Escape in the card closes the tour and not the dialog', async () => {
    server.pages.set('/', fixturePage({ body: dialogBody }));
    server.publish(tour([step('inside')]));
    const page = await bench.page();
    await page.goto(server.origin);
    await page.evaluate(() => document.querySelector('dialog')?.showModal());
    await part(page, 'card').waitFor();
    await part(page, 'next').focus();
    await page.keyboard.press('Escape');
    await part(page, 'card').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.querySelector('dialog')?.open)).toBe(true);
  });

  test('28: in a scripted modal with a focus trap that closes on outside clicks: Next works by mouse and keyboard', async () => {
    const modal = `<div id="modal" role="dialog" aria-modal="true" style="position:fixed;inset:200px 300px;background:#fff;z-index:50;pointer-events:auto"><button data-testid="inside">Inside</button></div>
      <script>const modal=document.querySelector('#modal');document.body.append(modal);document.body.style.pointerEvents='none';
      for(const each of document.body.children)if(each!==modal&&each.localName!=='script')each.inert=true;
      document.addEventListener('pointerdown',(e)=>{if(!modal.contains(e.target))modal.remove()});
      document.addEventListener('focusin',(e)=>{if(!modal.contains(e.target))modal.querySelector('button').focus()});</script>`;
    server.pages.set('/', fixturePage({ body: modal }));
    server.publish(
      tour([step('inside'), step('inside-again', { target: { text: 'Inside' } }), step('third', { target: { text: 'Inside' } })]),
    );
    const page = await open();
    await part(page, 'next').click();
    expect(await part(page, 'progress').textContent()).toBe('2 of 3');
    await part(page, 'next').focus();
    await page.keyboard.press('Enter');
    expect(await part(page, 'progress').textContent()).toBe('3 of 3');
    expect(await page.locator('#modal').count()).toBe(1);
  });

  test('29: an app modal over a background target hides the card until it closes', async () => {
    server.pages.set('/', fixturePage({ body: dialogBody }));
    server.publish(tour([step('create')]));
    const page = await open();
    await page.evaluate(() => document.querySelector('dialog')?.showModal());
    await part(page, 'card').waitFor({ state: 'hidden' });
    await page.evaluate(() => document.querySelector('dialog')?.close());
    await part(page, 'card').waitFor();
  });

  test('30: above a header with the highest z-index', async () => {
    server.pages.set('/', fixturePage({ head: '<style>#header{z-index:2147483647!important;height:300px!important}</style>' }));
    server.publish(tour([step('menu')]));
    const page = await open();
    await part(page, 'next').click();
    await part(page, 'card').waitFor({ state: 'detached' });
  });
});

describe('keyboard and screen reader', () => {
  test('38: tabbing through the page with the list open never leaves the focus wholly covered', async () => {
    server.publish(checklist());
    const links = Array.from(
      { length: 12 },
      (_, index) =>
        `<a href="#${index}" style="position:fixed;right:${40 + (index % 3) * 90}px;bottom:${60 + Math.floor(index / 3) * 110}px">Link ${index}</a>`,
    ).join('');
    server.pages.set('/', fixturePage({ body: links }));
    const page = await bench.page();
    await page.goto(server.origin);
    await part(page, 'launcher').click();
    await page.locator('#box').evaluate((box) => box.closest('main')?.querySelector('table')?.remove());
    await page.focus('[data-testid=create]');
    for (let index = 0; index < 15; index++) {
      await page.keyboard.press('Tab');
      const covered = await page.evaluate(() => {
        const focused = document.activeElement;
        if (!focused || focused === document.body || focused.hasAttribute('data-gangway')) return false;
        const box = focused.getBoundingClientRect();
        return [...document.querySelectorAll('[data-gangway]')].some((host) => {
          const panel = host.shadowRoot?.querySelector('[data-part="panel"]')?.getBoundingClientRect();
          return (
            panel !== undefined &&
            panel.width > 0 &&
            box.left >= panel.left &&
            box.right <= panel.right &&
            box.top >= panel.top &&
            box.bottom <= panel.bottom
          );
        });
      });
      expect(covered).toBe(false);
    }
    expect(await part(page, 'panel').isVisible(), 'it had to make way').toBe(false);
  });

  test('32, 33: not modal: no focus is taken, the page stays usable, Escape and arrows work only where they should', async () => {
    server.publish(tour([step('create'), step('name'), step('menu')]));
    const page = await open();
    expect(await part(page, 'card').getAttribute('aria-modal')).toBeNull();
    expect(await focusedPart(page)).toBe('body');
    await page.focus('[data-testid=name]');
    await page.keyboard.type('ArrowRight n');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Escape');
    expect(await part(page, 'progress').textContent()).toBe('1 of 3');
    expect(await page.inputValue('[data-testid=name]')).toBe('ArrowRight n');
    await page.focus('[data-testid=create]');
    await page.keyboard.press('Tab');
    expect(['card', 'close', 'next']).toContain(await focusedPart(page));
    await part(page, 'next').focus();
    await page.keyboard.press('ArrowRight');
    expect(await part(page, 'progress').textContent()).toBe('2 of 3');
    expect(await focusedPart(page)).toBe('next');
    await page.keyboard.press('ArrowLeft');
    expect(await part(page, 'progress').textContent()).toBe('1 of 3');
    await page.keyboard.press('Escape');
    await part(page, 'card').waitFor({ state: 'detached' });
    await until(() => server.named('Guide Dismissed').length === 1, 'dismissed');
  });

  test('32: a guide that was asked for takes the focus and gives it back', async () => {
    server.publish(tour([step('create')], { start: 'manual' }));
    const page = await bench.page();
    await page.goto(server.origin);
    await until(async () => page.evaluate(() => localStorage.length > 2), 'manifest');
    await page.focus('[data-testid=menu]');
    await page.evaluate("gangway.startGuide('tour_1')");
    await part(page, 'card').waitFor();
    expect(await focusedPart(page)).toBe('card');
    await page.keyboard.press('Escape');
    expect(await focusedPart(page)).toBe('menu');
  });

  test('36: each step is announced once, and closing leaves no region', async () => {
    server.publish(tour([step('create'), step('name')]));
    const page = await bench.page();
    await page.addInitScript(() => {
      const said: string[] = [];
      (window as unknown as { said: string[] }).said = said;
      const original = Element.prototype.attachShadow;
      Element.prototype.attachShadow = function (init) {
        const root = original.call(this, init);
        new MutationObserver(() => {
          const text = root.querySelector('[role=status]')?.textContent;
          if (text) said.push(text);
        }).observe(root, { subtree: true, childList: true, characterData: true });
        return root;
      };
    });
    await page.goto(server.origin);
    await part(page, 'card').waitFor();
    await page.waitForTimeout(150);
    await part(page, 'next').click();
    await page.waitForTimeout(150);
    expect(await page.evaluate(() => (window as unknown as { said: string[] }).said)).toEqual([
      'Step 1 of 2, About create',
      'Step 2 of 2, About name',
    ]);
    await part(page, 'close').click();
    expect(await page.locator('[data-gangway]').count()).toBe(0);
  });

  for (const scheme of ['light', 'dark', 'forced-colors'] as const) {
    test(`37, 39: axe finds nothing and every control has 24 px, ${scheme}`, async () => {
      const head = scheme === 'dark' ? '<style>html{color-scheme:dark}body{background:#15171a!important;color:#eee!important}</style>' : '';
      server.pages.set('/', fixturePage({ head }));
      server.publish(tour([step('create'), step('name')]), checklist());
      const page = await open(scheme === 'forced-colors' ? { forcedColors: 'active' } : {});
      await page.waitForTimeout(200);
      const check = async () => {
        const { violations } = await new AxeBuilder({ page }).include('[data-gangway]').analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 80)).join(' | ')}`)).toEqual([]);
        const small = await page.evaluate(
          () =>
            [...document.querySelectorAll('[data-gangway]')]
              .flatMap((host) => [...(host.shadowRoot?.querySelectorAll('button') ?? [])])
              .filter((button) => {
                const { width, height } = button.getBoundingClientRect();
                return button.checkVisibility() && (width < 24 || height < 24);
              }).length,
        );
        expect(small).toBe(0);
      };
      await check();
      await part(page, 'next').click();
      await part(page, 'close').click();
      await part(page, 'launcher').click();
      await page.waitForTimeout(200);
      await check();
    });
  }
});
