import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Bench, gapTo, part, timing, until } from './bench.ts';
import { checklist, step, tour } from './contents.ts';
import { fixturePage } from './fixture.ts';
import type { StubServer } from './stub-server.ts';

let bench: Bench;
let server: StubServer;
beforeAll(async () => {
  bench = await Bench.open({ bfcache: true });
});
afterAll(() => bench.close());
beforeEach(async () => {
  server = await bench.begin();
});
afterEach(async () => expect(await bench.end()).toEqual([]));

describe('routes', () => {
  test('20: off the route the card is gone within a frame; back on it the same step shows, without a request', async () => {
    server.publish(tour([step('create', { path: '/' }), step('name', { path: '/' })]));
    const page = await bench.page();
    await page.goto(server.origin);
    await part(page, 'next').click();
    await until(() => server.named('Guide Step Viewed').length === 2, 'two steps viewed');
    await page.waitForTimeout(300);
    const before = server.requests.length;
    const visible = await page.evaluate(async () => {
      const card = () =>
        [...document.querySelectorAll('[data-gangway]')]
          .map((each) => each.shadowRoot?.querySelector('[data-part="card"]'))
          .find(Boolean)
          ?.checkVisibility();
      history.pushState({}, '', '/elsewhere');
      await new Promise(requestAnimationFrame);
      const away = card();
      history.pushState({}, '', '/');
      await new Promise(requestAnimationFrame);
      return [away, card()];
    });
    expect(visible).toEqual([false, true]);
    expect(await part(page, 'progress').textContent()).toBe('2 of 2');
    expect(server.requests.length).toBe(before);
  });

  test('20: also where the Navigation API is missing', async () => {
    server.publish(tour([step('create', { path: '/' })]));
    const page = await bench.page();
    await page.addInitScript(() => Object.defineProperty(window, 'navigation', { value: undefined }));
    await page.goto(server.origin);
    await part(page, 'card').waitFor();
    await page.evaluate(() => history.pushState({}, '', '/elsewhere'));
    await part(page, 'card').waitFor({ state: 'hidden' });
    await page.goBack();
    await part(page, 'card').waitFor();
  });

  test('a parameter of the address decides too, when it changes alone; it is no other page, so no second guide comes', async () => {
    const [first, second, list] = [tour([step('create')]), tour([step('name')], { id: 'tour_2' }), checklist()];
    server.contents = [first, second, list];
    const when = (value: string) => ({ type: 'page_query', name: 'tab', operator: 'equals', value }) as const;
    server.offer('*', [
      server.entry(first, { show: when('new') }),
      server.entry(second, { show: when('old') }),
      server.entry(list, { show: when('old') }),
    ]);
    const page = await bench.page();
    await page.goto(`${server.origin}/?tab=none`);
    await page.waitForTimeout(500);
    expect(await part(page, 'card').count()).toBe(0);
    await page.evaluate(() => history.replaceState({}, '', '/?tab=new'));
    await part(page, 'card').waitFor();
    await part(page, 'close').click();
    await page.evaluate(() => history.replaceState({}, '', '/?tab=old'));
    await part(page, 'launcher').waitFor();
    expect(await part(page, 'card').count()).toBe(0);
  });

  test('21: a step on another route waits for the route and for its target', timing, async () => {
    server.publish(tour([step('create'), step('late', { path: '/boards/*' })]));
    const page = await bench.page();
    await page.goto(server.origin);
    await part(page, 'next').click();
    await part(page, 'card').waitFor({ state: 'hidden' });
    await page.evaluate(() => history.pushState({}, '', '/boards/7'));
    await page.waitForTimeout(500);
    const took = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const button = document.createElement('button');
          button.dataset.testid = 'late';
          button.textContent = 'Late';
          document.querySelector('form')?.append(button);
          const start = performance.now();
          const look = () => {
            const card = [...document.querySelectorAll('[data-gangway]')]
              .map((each) => each.shadowRoot?.querySelector('[data-part="card"]'))
              .find(Boolean);
            if (card?.checkVisibility()) resolve(performance.now() - start);
            else requestAnimationFrame(look);
          };
          look();
        }),
    );
    expect(took).toBeLessThan(150);
    expect(await gapTo(page, '[data-testid=late]')).toBeLessThanOrEqual(16);
  });

  test('22: a hard reload in step 3 shows step 3 within 300 ms, before the server answers', timing, async () => {
    server.publish(tour([step('create'), step('name'), step('menu')]));
    const page = await bench.page();
    await page.goto(server.origin);
    await part(page, 'next').click();
    await part(page, 'next').click();
    await until(() => server.named('Guide Step Viewed').length === 3, 'three steps viewed');
    server.delay = 5000;
    const manifests = server.calls('/v1/manifest');
    await page.addInitScript(() => {
      document.addEventListener('DOMContentLoaded', () => {
        const start = performance.now();
        const look = () => {
          const card = [...document.querySelectorAll('[data-gangway]')]
            .map((each) => each.shadowRoot?.querySelector('[data-part="card"]'))
            .find(Boolean);
          if (card?.checkVisibility()) (window as unknown as { took: number }).took = performance.now() - start;
          else requestAnimationFrame(look);
        };
        look();
      });
    });
    await page.reload({ waitUntil: 'domcontentloaded' });
    await part(page, 'card').waitFor();
    expect(await page.evaluate(() => (window as unknown as { took: number }).took)).toBeLessThan(300);
    expect(await part(page, 'progress').textContent()).toBe('3 of 3');
    await until(() => server.calls('/v1/manifest') + server.calls('/v1/stream') > manifests, 'asked afterwards');
    expect(server.named('Guide Step Viewed')).toHaveLength(3);
  });

  test('23: back from another document: restored from the back/forward cache, one card, nothing counted twice, stream open again', async () => {
    server.publish(tour([step('create'), step('name')]), checklist());
    server.pages.set('/other', '<!doctype html><title>Other</title><link rel="icon" href="data:,"><p>Other</p>');
    const page = await bench.page();
    await page.addInitScript(() => {
      window.addEventListener('pageshow', (event) => {
        (window as unknown as { restored: boolean }).restored = event.persisted;
      });
    });
    await page.goto(server.origin);
    await part(page, 'next').click();
    await until(() => server.named('Guide Step Viewed').length === 2 && server.openStreams === 1, 'second step and a stream');
    await page.goto(`${server.origin}/other`);
    await until(() => server.openStreams === 0, 'stream closed');
    // Playwright's goBack waits for a load event, which a restored page does not fire.
    await page.evaluate(() => history.back()).catch(() => {});
    await part(page, 'card').waitFor();
    const why = await page.evaluate(() =>
      JSON.stringify((performance.getEntriesByType('navigation')[0] as unknown as { notRestoredReasons?: unknown }).notRestoredReasons),
    );
    expect(await page.evaluate(() => (window as unknown as { restored: boolean }).restored), why).toBe(true);
    expect(await part(page, 'card').count()).toBe(1);
    expect(await part(page, 'progress').textContent()).toBe('2 of 2');
    await until(() => server.openStreams === 1, 'stream open again');
    await page.waitForTimeout(200);
    expect(server.named('Guide Step Viewed')).toHaveLength(2);
    expect(server.named('Guide Shown')).toHaveLength(1);
  });
});

describe('tabs', () => {
  test('24: one of two tabs shows the guide; when it closes, the other goes on at the same step', async () => {
    server.publish(tour([step('create'), step('name'), step('menu')]));
    const context = await bench.context();
    const first = bench.watch(await context.newPage());
    await first.goto(server.origin);
    await part(first, 'next').click();
    const second = bench.watch(await context.newPage());
    await second.goto(server.origin);
    await second.waitForTimeout(600);
    expect(await part(second, 'card').count()).toBe(0);
    expect(await part(first, 'card').isVisible()).toBe(true);
    await first.close();
    await part(second, 'card').waitFor({ timeout: 3000 });
    expect(await part(second, 'progress').textContent()).toBe('2 of 3');
    expect(server.named('Guide Shown')).toHaveLength(1);
  });

  test('24: also on plain http, where a lease in storage stands for the lock', async () => {
    server.publish(tour([step('create'), step('name')]));
    const context = await bench.context();
    await context.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }));
    const first = bench.watch(await context.newPage());
    await first.goto(server.origin);
    await part(first, 'next').click();
    const second = bench.watch(await context.newPage());
    await second.goto(server.origin);
    await second.waitForTimeout(400);
    expect(await part(second, 'card').count()).toBe(0);
    await first.goto('about:blank');
    await part(second, 'card').waitFor({ timeout: 4000 });
    expect(await part(second, 'progress').textContent()).toBe('2 of 2');
  });

  test('25: what is ticked reaches the other tab within a second, over one stream', timing, async () => {
    server.publish(checklist());
    const context = await bench.context();
    const tabs = [bench.watch(await context.newPage()), bench.watch(await context.newPage())];
    for (const tab of tabs) await tab.goto(server.origin);
    for (const tab of tabs) await part(tab, 'launcher').waitFor();
    await until(() => server.openStreams === 1, 'a stream');
    await tabs[0]?.waitForTimeout(200);
    expect(server.openStreams).toBe(1);
    const content = server.contents[0] ?? checklist();
    server.offer('anonymous', [server.entry(content, { state: { ticked: ['board', 'card'], completed: false, dismissed: false } })]);
    for (const tab of tabs)
      await until(async () => (await part(tab, 'launcher').textContent())?.includes('2 of 4') ?? false, 'ticked', 1000);
  });

  test('26: another user in the same tab: the one before is off the page before the next paint, and sends nothing more', async () => {
    const guide = tour([step('create')]);
    server.publish(guide);
    server.offer('*', []);
    server.offer('ada', [server.entry(guide)]);
    const page = await bench.page();
    await page.goto(server.origin);
    await page.evaluate("gangway.identify('ada', { plan: 'pro' })");
    await part(page, 'card').waitFor();
    const left = await page.evaluate(() => {
      (window as unknown as { gangway: { identify(id: string): void; track(name: string): void } }).gangway.identify('bob');
      (window as unknown as { gangway: { track(name: string): void } }).gangway.track('First of Bob');
      const kept = Object.keys(localStorage).filter((key) => /manifest|mark|memory/.test(key));
      return { hosts: document.querySelectorAll('[data-gangway]').length, kept };
    });
    expect(left).toEqual({ hosts: 0, kept: [] });
    await page.evaluate('gangway.flush()');
    await until(() => server.named('First of Bob').length === 1, 'event of bob');
    const ada = server.events.filter((event) => event.userId === 'ada');
    const bob = server.events.filter((event) => event.userId === 'bob');
    expect(bob.map((event) => event.event ?? event.type)).toEqual(['identify', 'First of Bob']);
    expect(new Set(ada.map((event) => event.anonymousId)).has(bob[0]?.anonymousId)).toBe(false);
    await page.waitForTimeout(300);
    expect(await part(page, 'card').count()).toBe(0);
  });
});

test('kill: a guide that is no longer published closes at once; an edited one stays as it is', async () => {
  server.publish(tour([step('create')]), checklist());
  const page = await bench.page();
  await page.goto(server.origin);
  await part(page, 'card').waitFor();
  await until(() => server.openStreams === 1, 'stream');
  const list = server.contents[1] ?? checklist();
  server.publish(tour([step('create', { title: 'Edited' })], { version: 2 }), list);
  await page.waitForTimeout(300);
  expect(await part(page, 'card').textContent()).toContain('About create');
  server.publish(list);
  await part(page, 'card').waitFor({ state: 'detached' });
  expect(server.named('Guide Dismissed')).toEqual([]);
});

test('a started guide goes on after a reload in its tab, and startGuide called before the code is there is kept', async () => {
  server.publish(tour([step('create'), step('name')], { start: 'manual' }));
  server.pages.set(
    '/',
    fixturePage({
      snippet:
        '<script>window.gangway=window.gangway||[];gangway.push(["startGuide","tour_1"],["track","Early",{n:1}])</script><script async src="/sdk/wk_1.js"></script>',
    }),
  );
  const page = await bench.page();
  await page.goto(server.origin);
  await part(page, 'next').click();
  server.pages.set('/', fixturePage());
  await page.reload();
  await part(page, 'card').waitFor();
  expect(await part(page, 'progress').textContent()).toBe('2 of 2');
  await until(() => server.named('Early').length === 1, 'early event');
});
