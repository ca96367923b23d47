import type { BundleContent } from '@gangway/product/kernel/manifest.ts';
import type { Answer } from '@gangway/product/rules/answer.ts';
import { asksForPage } from '@gangway/product/rules/asks-for.ts';
import { conditionsIn } from '@gangway/product/rules/conditions-in.ts';
import type { PageFact } from '@gangway/product/rules/facts.ts';
import { reduceForPage } from '@gangway/product/rules/reduce.ts';
import type { Rule } from '@gangway/product/rules/rule.ts';
import { readRuleCases } from '@gangway/product/rules/rule-cases.contract.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Bench, until } from './bench.ts';
import { fixturePage } from './fixture.ts';
import type { StubServer } from './stub-server.ts';

/** The host of the cases; the page's own answers for all that name none. */
const host = 'app.acme.com';

interface Probe {
  readonly name: string;
  readonly page: PageFact | undefined;
  readonly answer: Answer;
  /** What the server leaves of the rule for the page. */
  readonly left: Rule;
}

/** Every case of `spec/rules` that a page can be in. */
const probes = readRuleCases()
  .flatMap(({ file, cases }) =>
    cases.map(({ name, rule, facts: { page, ...known }, now, answer }): Probe => {
      return { name: `${file}: ${name}`, page, answer, left: reduceForPage(rule, known, now).rule };
    }),
  )
  .filter(isOfAPage);

/** What is left over, each once: a content that is shown when the answer is yes, and one that is shown when it is no. */
const lefts = new Map(probes.map(({ left }) => [JSON.stringify(left), left]));
const numbers = new Map([...lefts.keys()].map((key, index) => [key, index]));

/** In a page the path, the query and the host are always known. */
function isOfAPage({ page, left }: Probe): boolean {
  if (!asksForPage(left)) return true;
  const types = new Set(conditionsIn(left).map(({ type }) => type));
  return page !== undefined && (!types.has('page_query') || page.query !== undefined) && (!types.has('page_host') || page.host === host);
}

/** A surface that only says that it is on screen. */
const probeCode = `globalThis.shown = new Set();
export const mount = ({ id }) => (shown.add(id), { update() {}, routed() {}, hush() {}, dispose: () => shown.delete(id) });`;

let bench: Bench;
let server: StubServer;
beforeAll(async () => {
  bench = await Bench.open({ args: [`--host-resolver-rules=MAP ${host} 127.0.0.1`] });
  const kinds = [...numbers.values()].flatMap((number) => [`${number}-yes`, `${number}-no`]);
  server = await bench.begin(Object.fromEntries(kinds.map((kind) => [kind, '../probe.js'])));
  server.pages.set('/probe.js', probeCode);
  server.pages.set('/', fixturePage());
  server.contents = kinds.map((id): BundleContent => ({ id, kind: id, version: 1, body: {} }));
  server.offer(
    '*',
    [...lefts.values()].flatMap((left, number) => [
      { id: `${number}-yes`, version: 1, show: left, state: {} },
      { id: `${number}-no`, version: 1, show: { type: 'not', rule: left } as const, state: {} },
    ]),
  );
});
afterAll(async () => {
  await bench.end();
  await bench.close();
});

/** Goes to a place by the history, as a router does; false when addresses cannot say it. */
async function goTo(page: Page, { path, query = {} }: PageFact): Promise<boolean> {
  return page.evaluate(
    ([wanted, search]) => {
      history.pushState(null, '', `${wanted}${search && `?${search}`}`);
      return location.pathname === wanted;
    },
    [path, new URLSearchParams(query).toString()] as const,
  );
}

/** What the shell answers otherwise than the cases do. */
async function wrongOn(page: Page, asked: readonly Probe[]): Promise<string[]> {
  const shown = new Set(await page.evaluate(() => [...((globalThis as unknown as { shown?: Set<string> }).shown ?? [])]));
  return asked.flatMap(({ name, left, answer }) => {
    const number = numbers.get(JSON.stringify(left));
    const found = shown.has(`${number}-yes`) ? 'yes' : shown.has(`${number}-no`) ? 'no' : 'unknown';
    return found === answer ? [] : [`${name}: ${found} instead of ${answer}`];
  });
}

test('the built shell answers what the server leaves over as every case of spec/rules says', async () => {
  const page = await bench.page();
  await page.goto(server.origin.replace('127.0.0.1', host));
  const places = new Map(probes.map(({ page: place }) => [placeKey(place), place]));
  let asked = 0;
  for (const [key, place] of places) {
    if (place && !(await goTo(page, place).catch(() => false))) continue;
    const here = probes.filter((each) => placeKey(each.page) === key);
    asked += here.length;
    await until(async () => (await wrongOn(page, here)).length === 0, 'the contents are shown').catch(() => {});
    expect(await wrongOn(page, here)).toEqual([]);
  }
  // A few paths of the cases are none that an address can have.
  expect(asked).toBeGreaterThan(probes.length - 20);
  expect(probes.length).toBeGreaterThan(850);
});

function placeKey(page: PageFact | undefined): string {
  return JSON.stringify([page?.path, page?.query]);
}
