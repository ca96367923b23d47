import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Bench, part, timing, until } from './bench.ts';
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

test('58: loaded twice, and started twice through the package: one of everything', async () => {
  server.publish(tour([step('create')]), checklist());
  server.pages.set('/', fixturePage({ snippet: '<script src="/sdk/wk_1.js"></script><script src="/sdk/wk_1.js?again"></script>' }));
  const page = await bench.page();
  await page.goto(server.origin);
  await part(page, 'card').waitFor();
  await page.waitForTimeout(300);
  expect(await part(page, 'card').count()).toBe(1);
  expect(await part(page, 'launcher').count()).toBe(1);
  expect(server.named('Guide Shown')).toHaveLength(1);
  expect(server.calls('/v1/manifest')).toBe(1);
  server.pages.set(
    '/',
    fixturePage({
      snippet: `<script type="module">import { init } from '/sdk/index.js'; const start = () => init({ writeKey: 'wk_1', host: location.origin }); window.same = start() === start(); window.gangway = start();</script>`,
    }),
  );
  const other = await bench.page();
  await other.goto(server.origin);
  await part(other, 'card').waitFor();
  expect(await other.evaluate('window.same')).toBe(true);
  expect(await part(other, 'card').count()).toBe(1);
});

test('60: fifty starts and stops leave no node, no listener, no attribute and little memory', async () => {
  server.publish(tour([step('create')], { start: 'manual' }));
  const page = await bench.page();
  await page.goto(server.origin);
  await until(async () => page.evaluate(() => Object.keys(localStorage).some((key) => key.endsWith('manifest'))), 'manifest');
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const measure = async () => {
    for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
    return {
      nodes: of('Nodes'),
      listeners: of('JSEventListeners'),
      heap: of('JSHeapUsedSize'),
      html: await page.evaluate(() => document.documentElement.outerHTML),
    };
  };
  const cycle = (times: number) =>
    page.evaluate(async (count) => {
      for (let round = 0; round < count; round++) {
        (window as unknown as { gangway: { startGuide(id: string): void } }).gangway.startGuide('tour_1');
        let host: Element | undefined;
        while (!host) {
          await new Promise(requestAnimationFrame);
          host = [...document.querySelectorAll('[data-gangway]')].find((each) =>
            each.shadowRoot?.querySelector('[data-part="close"]')?.checkVisibility(),
          );
        }
        const close = host.shadowRoot?.querySelector('[data-part="close"]');
        if (close instanceof HTMLElement) close.click();
      }
    }, times);
  await cycle(5);
  await page.evaluate('gangway.flush()');
  await page.waitForTimeout(300);
  const before = await measure();
  await cycle(50);
  await page.evaluate('gangway.flush()');
  await page.waitForTimeout(300);
  const after = await measure();
  expect(after.html).toBe(before.html);
  expect(after.nodes - before.nodes).toBeLessThanOrEqual(0);
  expect(after.listeners - before.listeners).toBeLessThanOrEqual(0);
  expect((after.heap - before.heap) / 50).toBeLessThan(5 * 1024);
});

test('61: a card on a still page costs nothing', timing, async () => {
  server.publish(tour([step('create')]));
  const page = await bench.page();
  await page.addInitScript(() => {
    const counts = { frames: 0, intervals: 0 };
    (window as unknown as { counts: typeof counts }).counts = counts;
    const { requestAnimationFrame: frame, setInterval: interval } = window;
    window.requestAnimationFrame = (callback) => {
      counts.frames++;
      return frame.call(window, callback);
    };
    window.setInterval = ((...given: Parameters<typeof setInterval>) => {
      counts.intervals++;
      return interval.apply(window, given);
    }) as typeof setInterval;
  });
  await page.goto(server.origin);
  await part(page, 'card').waitFor();
  await page.waitForTimeout(1500);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const script = async () =>
    (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0;
  const counts = () => page.evaluate(() => (window as unknown as { counts: { frames: number; intervals: number } }).counts);
  const framesBefore = await counts();
  const before = await script();
  await page.waitForTimeout(6000);
  const still = (await script()) - before;
  expect(await counts()).toEqual(framesBefore);
  expect(framesBefore.intervals).toBe(0);
  expect(still * 1000).toBeLessThan(5);
});

test('61: on a heavy page that keeps changing, a card costs at most 40 ms of script in 10 s', timing, async () => {
  server.publish(tour([step('create')], { start: 'manual' }));
  const page = await bench.page();
  await page.goto(server.origin);
  await page.evaluate(() => {
    const box = document.createElement('div');
    box.append(
      ...Array.from({ length: 5000 }, (_, index) =>
        Object.assign(document.createElement('span'), { textContent: `n${index}`, className: 'n' }),
      ),
    );
    document.body.append(box);
    setInterval(() => {
      for (let index = 0; index < 20; index++) {
        const each = box.children[Math.floor(Math.random() * 5000)];
        each?.classList.toggle('on');
        each?.replaceWith(each.cloneNode(true));
      }
    }, 50);
  });
  await page.evaluate("gangway.startGuide('tour_1')");
  await part(page, 'card').waitFor();
  await page.waitForTimeout(500);
  const session = await page.context().newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: 200 });
  await session.send('Profiler.start');
  await page.waitForTimeout(4000);
  const { profile } = await session.send('Profiler.stop');
  expect(timeIn(profile, '/sdk/') * 2.5).toBeLessThan(40);
});

test('8, 47: the card stays with its target through scrolling and an animation', timing, async () => {
  server.publish(tour([step('edit-12')]));
  server.pages.set(
    '/',
    fixturePage({ head: '<style>.moving{animation:move 800ms linear}@keyframes move{to{transform:translateX(120px)}}</style>' }),
  );
  const page = await bench.page();
  await page.goto(server.origin);
  await part(page, 'card').waitFor();
  const drift = (act: string) =>
    page.evaluate(async (code) => {
      const host = [...document.querySelectorAll('[data-gangway]')].find((each) =>
        each.shadowRoot?.querySelector('[data-part="card"]'),
      ) as HTMLElement;
      const target = document.querySelector('[data-testid=edit-12]') as HTMLElement;
      const offset = () => {
        const [card, box] = [host.getBoundingClientRect(), target.getBoundingClientRect()];
        return { x: card.left + card.width / 2 - box.left - box.width / 2, y: card.top - box.bottom };
      };
      await new Promise((resolve) => setTimeout(resolve, 100));
      const start = offset();
      const drifts: number[] = [];
      const run = new Function('frame', code);
      for (let frame = 0; frame < 50; frame++) {
        run(frame);
        // After the frame has been drawn: what a person sees.
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        const now = offset();
        drifts.push(Math.max(Math.abs(now.x - start.x), Math.abs(now.y - start.y)));
      }
      return Math.max(...drifts);
    }, act);
  expect(await drift('scrollBy(0, frame < 25 ? 3 : -3)')).toBeLessThanOrEqual(2);
  expect(await drift("if(frame===0)document.querySelector('[data-testid=edit-12]').classList.add('moving')")).toBeLessThanOrEqual(4);
});

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly url: string }; readonly children?: readonly number[] }[];
  readonly samples?: readonly number[];
  readonly timeDeltas?: readonly number[];
}

/** Milliseconds spent in code from an address, and in what that code called. */
function timeIn({ nodes, samples = [], timeDeltas = [] }: Profile, address: string): number {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const ours = new Set<number>();
  const collect = (id: number, inside: boolean) => {
    const node = byId.get(id);
    const now = inside || (node?.callFrame.url.includes(address) ?? false);
    if (now) ours.add(id);
    for (const child of node?.children ?? []) collect(child, now);
  };
  collect(nodes[0]?.id ?? 0, false);
  return samples.reduce((sum, id, index) => (ours.has(id) ? sum + (timeDeltas[index] ?? 0) / 1000 : sum), 0);
}
