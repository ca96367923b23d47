import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Bench, gapTo, part, timing, until } from './bench.ts';
import { step, tour } from './contents.ts';
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

const withBody = (body: string, head = '') => server.pages.set('/', fixturePage({ body, head }));

/** Runs a script in the page and gives the milliseconds until the card touches the target (16 px). */
async function untilAnchored(page: Page, script: string, selector: string): Promise<number> {
  return page.evaluate(
    ([code, wanted]) =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        new Function(code)();
        const look = () => {
          const host = [...document.querySelectorAll('[data-gangway]')].find((each) =>
            each.shadowRoot?.querySelector('[data-part="card"]'),
          );
          const card = host?.shadowRoot?.querySelector('[data-part="card"]')?.getBoundingClientRect();
          const target = document.querySelector(wanted)?.getBoundingClientRect();
          const near =
            card &&
            target &&
            card.width > 0 &&
            Math.abs(card.top - target.bottom) <= 16 &&
            card.left < target.right &&
            card.right > target.left;
          if (near || performance.now() - start > 3000) resolve(performance.now() - start);
          else requestAnimationFrame(look);
        };
        look();
      }),
    [script, selector] as const,
  );
}

const shown = (page: Page) => part(page, 'card').waitFor();
const insert =
  "const b=document.createElement('button');b.dataset.testid='late';b.textContent='Late';document.querySelector('form').append(b);";

describe('a target that comes late', timing, () => {
  test('1: anchored within 100 ms after it is inserted, nothing painted before', async () => {
    server.publish(tour([step('late')]));
    const page = await bench.page();
    await page.goto(server.origin);
    await page.waitForTimeout(700);
    expect(await part(page, 'card').isVisible()).toBe(false);
    expect(await untilAnchored(page, insert, '[data-testid=late]')).toBeLessThan(100);
  });

  test('2: anchored when a hidden target is shown by a class', async () => {
    server.publish(tour([step('late')]));
    withBody('<button data-testid="late" class="gone">Late</button>', '<style>.gone{display:none}</style>');
    const page = await bench.page();
    await page.goto(server.origin);
    await page.waitForTimeout(500);
    expect(await part(page, 'card').isVisible()).toBe(false);
    expect(await untilAnchored(page, "document.querySelector('.gone').classList.remove('gone')", '[data-testid=late]')).toBeLessThan(100);
  });

  test('3: policy skip goes on after the timeout and says once why', async () => {
    server.publish(tour([step('nowhere', { timeout: 800 }), step('create')]));
    const page = await bench.page();
    await page.goto(server.origin);
    await until(() => server.calls('/v1/manifest') > 0, 'manifest');
    const since = Date.now();
    await shown(page);
    expect(Date.now() - since).toBeGreaterThan(600);
    expect(Date.now() - since).toBeLessThan(3000);
    expect(await part(page, 'progress').textContent()).toBe('2 of 2');
    await until(() => server.named('Guide Step Viewed').length === 1, 'step viewed');
    expect(server.named('Guide Target Missing').map(({ properties }) => properties)).toEqual([
      { guideId: 'tour_1', guideVersion: 1, stepId: 'nowhere', reason: 'absent', waitedMs: 800, policy: 'skip', score: 0, second: 0 },
    ]);
  });

  test('4: policy center shows the card in the middle', async () => {
    server.publish(tour([step('nowhere', { timeout: 200, missing: 'center' })]));
    const page = await bench.page();
    await page.goto(server.origin);
    await shown(page);
    const box = await part(page, 'card').boundingBox();
    expect(Math.abs((box?.x ?? 0) + (box?.width ?? 0) / 2 - 640)).toBeLessThan(3);
    expect(Math.abs((box?.y ?? 0) + (box?.height ?? 0) / 2 - 400)).toBeLessThan(3);
  });

  test('4: policy end shows nothing and uses nothing up', async () => {
    server.publish(tour([step('nowhere', { timeout: 200, missing: 'end' }), step('create')]));
    const page = await bench.page();
    await page.goto(server.origin);
    await until(() => server.named('Guide Target Missing').length === 1, 'missing');
    expect(await page.locator('[data-gangway]').count()).toBe(0);
    expect(server.named('Guide Shown')).toEqual([]);
    await page.reload();
    await until(() => server.named('Guide Target Missing').length === 2, 'tried again on the next page');
  });

  test('4: policy pause goes on at the same step whenever the target comes', async () => {
    server.publish(tour([step('late', { timeout: 200, missing: 'pause' })]));
    const page = await bench.page();
    await page.goto(server.origin);
    await until(() => server.named('Guide Target Missing').length === 1, 'missing');
    await page.waitForTimeout(1500);
    expect(await part(page, 'card').isVisible()).toBe(false);
    expect(await untilAnchored(page, insert, '[data-testid=late]')).toBeLessThan(100);
  });
});

describe('a target that changes under the card', timing, () => {
  const start = async () => {
    server.publish(tour([step('create')]));
    const page = await bench.page();
    await page.goto(server.origin);
    await shown(page);
    await until(() => server.named('Guide Step Viewed').length === 1, 'viewed');
    return page;
  };

  test('5: removed: gone within 2 frames; back: anchored again, viewed once', async () => {
    const page = await start();
    const visible = await page.evaluate(async () => {
      const target = document.querySelector('[data-testid=create]') as HTMLElement;
      (window as unknown as { held: HTMLElement }).held = target;
      target.remove();
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      const host = [...document.querySelectorAll('[data-gangway]')].find((each) => each.shadowRoot?.querySelector('[data-part="card"]'));
      return host?.shadowRoot?.querySelector('[data-part="card"]')?.checkVisibility();
    });
    expect(visible).toBe(false);
    await page.waitForTimeout(400);
    expect(
      await untilAnchored(page, "document.querySelector('form').append(window.held.cloneNode(true))", '[data-testid=create]'),
    ).toBeLessThan(100);
    await page.waitForTimeout(200);
    expect(server.named('Guide Step Viewed')).toHaveLength(1);
    expect(server.named('Guide Shown')).toHaveLength(1);
  });

  test('6: replaced by an equal node, 260 px further down', async () => {
    const page = await start();
    const replace =
      "const t=document.querySelector('[data-testid=create]');const n=t.cloneNode(true);t.replaceWith(n);document.querySelector('form').style.marginTop='260px';";
    expect(await untilAnchored(page, replace, '[data-testid=create]')).toBeLessThan(100);
  });

  test('7: a block above pushes it down: anchored within 2 frames', async () => {
    const page = await start();
    const push = "const d=document.createElement('div');d.style.height='260px';document.querySelector('h1').before(d);";
    expect(await untilAnchored(page, push, '[data-testid=create]')).toBeLessThan(60);
  });
});

describe('a target that must be scrolled to', () => {
  test('9: below the sticky header', async () => {
    server.publish(tour([step('edit-30')], { start: 'manual' }));
    const page = await bench.page();
    await page.goto(server.origin);
    await page.evaluate(() => {
      const row = document.querySelector('[data-testid=edit-30]') as HTMLElement;
      scrollTo(0, row.getBoundingClientRect().top + scrollY - 10);
    });
    await page.evaluate("gangway.startGuide('tour_1')");
    await shown(page);
    const { top, hit } = await page.evaluate(() => {
      const target = document.querySelector('[data-testid=edit-30]') as HTMLElement;
      const box = target.getBoundingClientRect();
      return { top: box.top, hit: target.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)) };
    });
    expect(top).toBeGreaterThanOrEqual(64);
    expect(hit).toBe(true);
    expect(await gapTo(page, '[data-testid=edit-30]')).toBeLessThanOrEqual(16);
  });

  test('10: in an inner box: the box scrolls, the page hardly, hidden overflow not at all', async () => {
    server.publish(tour([step('box-30')]));
    server.pages.set(
      '/',
      fixturePage()
        .replace('<main id="main">', '<main id="main"><div id="clip" style="overflow:hidden">')
        .replace('</main>', '</div></main>'),
    );
    const page = await bench.page();
    await page.goto(server.origin);
    await shown(page);
    const { inner, clip, outer, inside } = await page.evaluate(() => {
      const box = document.querySelector('#box') as HTMLElement;
      const target = (document.querySelector('[data-testid=box-30]') as HTMLElement).getBoundingClientRect();
      const frame = box.getBoundingClientRect();
      return {
        inner: box.scrollTop,
        clip: document.querySelector('#clip')?.scrollTop,
        outer: scrollY,
        inside: target.top >= frame.top && target.bottom <= frame.bottom,
      };
    });
    expect(inner).toBeGreaterThan(400);
    expect({ clip, outer, inside }).toEqual({ clip: 0, outer: 0, inside: true });
    expect(await gapTo(page, '[data-testid=box-30]')).toBeLessThanOrEqual(16);
  });

  test('11: in a box that scrolls sideways', async () => {
    server.publish(tour([step('far')]));
    const page = await bench.page();
    await page.goto(server.origin);
    await shown(page);
    expect(await page.evaluate(() => document.querySelector('#wide')?.scrollLeft)).toBeGreaterThan(900);
    expect(await gapTo(page, '[data-testid=far]')).toBeLessThanOrEqual(16);
  });
});

test('13: in a shadow root in a shadow root, found by evidence and by a piercing selector, followed while scrolling', async () => {
  withBody(`<div id="outer"></div><script>
    const inner=document.createElement('div');
    document.querySelector('#outer').attachShadow({mode:'open'}).append(inner);
    inner.className='inner';
    inner.attachShadow({mode:'open'}).innerHTML='<button data-testid="deep" style="margin:20px">Deep</button>';
  </script>`);
  for (const target of [{ testId: 'deep' }, { selector: '#outer >>> .inner >>> button' }]) {
    server.publish(tour([step('deep', { target })], { id: `tour_${Object.keys(target)[0]}` }));
    const page = await bench.page();
    await page.goto(server.origin);
    await shown(page);
    const gap = () =>
      page.evaluate(() => {
        const button = document
          .querySelector('#outer')
          ?.shadowRoot?.querySelector('.inner')
          ?.shadowRoot?.querySelector('button')
          ?.getBoundingClientRect() as DOMRect;
        const host = [...document.querySelectorAll('[data-gangway]')].find((each) => each.shadowRoot?.querySelector('[data-part="card"]'));
        const card = host?.shadowRoot?.querySelector('[data-part="card"]')?.getBoundingClientRect() as DOMRect;
        return Math.max(card.top - button.bottom, button.top - card.bottom);
      });
    expect(await gap()).toBeLessThanOrEqual(16);
    await page.mouse.wheel(0, -120);
    await page.waitForTimeout(200);
    expect(Math.abs((await gap()) - 12)).toBeLessThanOrEqual(4);
  }
});

test('17, 18: the wrong button and two equal buttons show no card, with the reason', async () => {
  server.publish(
    tour([
      step('a', { target: { testId: 'archive', text: 'Archive', tag: 'button' }, timeout: 200 }),
      step('b', { target: { text: 'Edit', tag: 'button' }, timeout: 200 }),
    ]),
  );
  withBody('<button>Archive</button>');
  const page = await bench.page();
  await page.goto(server.origin);
  await until(() => server.named('Guide Target Missing').length === 2, 'two missing targets');
  const [absent, ambiguous] = server.named('Guide Target Missing').map(({ properties }) => properties);
  expect(absent).toMatchObject({ stepId: 'a', reason: 'absent' });
  expect(ambiguous).toMatchObject({ stepId: 'b', reason: 'ambiguous' });
  expect(ambiguous?.score).toBe(ambiguous?.second);
  expect(await part(page, 'card').count()).toBe(0);
});

test('without anchor positioning and popover the card is placed by its own arithmetic and follows scrolling', async () => {
  server.publish(tour([step('create')]));
  const page = await bench.page();
  await page.addInitScript(() => {
    const supports = CSS.supports.bind(CSS);
    CSS.supports = ((condition: string) => !condition.startsWith('position-area') && supports(condition)) as typeof CSS.supports;
  });
  await page.goto(server.origin);
  await shown(page);
  expect(await gapTo(page, '[data-testid=create]')).toBeLessThanOrEqual(16);
  await page.mouse.wheel(0, 60);
  await until(async () => (await page.evaluate(() => scrollY)) > 0, 'scrolled');
  await page.waitForTimeout(100);
  expect(await gapTo(page, '[data-testid=create]')).toBeLessThanOrEqual(16);
});

test('advanceOnClick goes on when the target itself is clicked, and the page gets its click', async () => {
  server.publish(tour([step('create', { advanceOnClick: true }), step('menu')]));
  const page = await bench.page();
  await page.goto(server.origin);
  await shown(page);
  await page.evaluate(() =>
    document.querySelector('[data-testid=create]')?.addEventListener('click', () => document.body.setAttribute('data-created', '')),
  );
  await page.click('[data-testid=create]');
  await until(async () => (await part(page, 'progress').textContent()) === '2 of 2', 'second step');
  expect(await page.locator('body[data-created]').count()).toBe(1);
});
