import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { openBrowser } from '../e2e/support/browser.ts';
import { type BenchServer, percentile, startBenchServer } from './support/bench-server.ts';

/**
 * How fresh things are, in milliseconds: from `track()` in a page to the ticked item of its checklist in Chromium,
 * and from the sending of an event to the moment at which analytics answer with it. A server and a page of its own,
 * nobody else on them.
 */
const { values } = parseArgs({ options: { pages: { type: 'string', default: '5' }, events: { type: 'string', default: '40' } } });
const items = 20;

/** Runs in the page: milliseconds from the call to the mark on the item, as the page's own clock sees both. */
const trackAndWait = `
window.gangway = window.gangway || [];
window.trackAndWait = (event, item) => new Promise((resolve, reject) => {
  const begun = performance.now();
  const marked = '[data-item-id="' + item + '"][data-ticked="true"]';
  const look = () => {
    const passed = performance.now() - begun;
    if ([...document.querySelectorAll('[data-gangway]')].some((host) => host.shadowRoot?.querySelector(marked))) resolve(passed);
    else if (passed > 20000) reject(new Error(item + ' was not ticked'));
    else requestAnimationFrame(look);
  };
  gangway.track(event);
  look();
});`;

const bench = await startBenchServer();
const host = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(pageOf(bench)));
host.listen(0, '127.0.0.1');
const browser = await openBrowser();
try {
  await publishChecklist(bench);
  const ticked: number[] = [];
  for (let person = 0; person < Number(values.pages); person++) {
    const context = await browser.newContext();
    ticked.push(...(await tickAll(await context.newPage(), person)));
    await context.close();
  }
  const queryable: number[] = [];
  for (let event = 0; event < Number(values.events); event++) queryable.push(await timeUntilQueryable(bench, event));
  console.log(JSON.stringify({ name: 'freshness', tickedMs: spread(ticked), queryableMs: spread(queryable) }));
} finally {
  await browser.close();
  host.close();
  await bench.remove();
}

function pageOf({ server, writeKey }: BenchServer): string {
  return `<!doctype html><title>Freshness</title><body><h1>Boards</h1>
<script>${trackAndWait}</script>
<script async src="${new URL(`/sdk/${writeKey}.js`, server.dashboard).href}"></script>`;
}

async function publishChecklist({ ask, environment }: BenchServer): Promise<void> {
  const publish = async (slice: string, id: string, body: unknown) => {
    await ask(`/api/e/${environment}/definitions/${slice}/${id}`, { body, revision: 0 }, 'PUT');
    await ask(`/api/e/${environment}/definitions/${slice}/${id}/publish`, { revision: 1, backfill: 'from_now' });
  };
  const numbers = Array.from({ length: items }, (_, index) => index);
  for (const index of numbers) {
    const rule = { type: 'event', name: `Step ${index}`, operator: 'at_least', times: 1 };
    await publish('milestones', `step-${index}`, { name: `Step ${index}`, description: '', subject: 'person', rule, role: 'progress' });
  }
  await publish('checklists', 'steps', {
    name: 'Steps',
    audience: { type: 'all', of: [] },
    title: 'Steps',
    intro: '',
    items: numbers.map((index) => ({ id: `item-${index}`, title: `Step ${index}`, description: '', milestone: `step-${index}` })),
  });
}

/** One person does every step, one after the other; how long each took to show. */
async function tickAll(page: Page, person: number): Promise<number[]> {
  await page.goto(`http://127.0.0.1:${(host.address() as AddressInfo).port}/`);
  await page.waitForFunction('typeof window.gangway.identify === "function"');
  await page.evaluate(`gangway.identify('fresh-${person}')`);
  await page.locator('[data-part=launcher]').click();
  await page.locator('[data-part=panel]').waitFor();
  // The stream of live changes opens once something live is on screen.
  await sleep(500);
  const times: number[] = [];
  for (let index = 0; index < items; index++) {
    times.push(await page.evaluate<number>(`trackAndWait('Step ${index}', 'item-${index}')`));
    await sleep(100);
  }
  return times;
}

async function timeUntilQueryable({ ask, environment, server, writeKey }: BenchServer, index: number): Promise<number> {
  const messageId = `fresh-${index}`;
  const begun = performance.now();
  const sent = await fetch(new URL('/v1/track', server.dashboard), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ writeKey, messageId, userId: 'somebody', event: 'Sent' }),
  });
  if (!sent.ok) throw new Error(`ingest answered ${sent.status}`);
  for (;;) {
    const { events } = await ask<{ events: { id: string }[] }>(`/api/e/${environment}/live`);
    if (events.some(({ id }) => id === messageId)) return performance.now() - begun;
    if (performance.now() - begun > 20_000) throw new Error('an event did not become queryable');
    await sleep(10);
  }
}

function spread(times: readonly number[]): { p50: number; p95: number; n: number } {
  return { p50: Math.round(percentile(times, 0.5)), p95: Math.round(percentile(times, 0.95)), n: times.length };
}
