import type { PersonAnswer, PersonRow } from '@gangway/product/features/people/contract.ts';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AnalyticsPage, serveAnalyticsPage } from '../testing/analytics-page.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic } from '../testing/test-caller.ts';

let server: TestServer;
let customer: AnalyticsPage;
let browser: Browser;
beforeAll(async () => {
  [server, customer, browser] = await Promise.all([
    startTestServer(),
    serveAnalyticsPage(),
    chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] }),
  ]);
});
afterAll(async () => {
  await browser.close();
  await customer.close();
  await server.stop();
});

interface Client {
  track(event: string, properties?: object): Promise<unknown>;
  identify(userId: string, traits?: object): Promise<unknown>;
  page(name: string): Promise<unknown>;
  group(groupId: string, traits?: object): Promise<unknown>;
  alias(to: string): Promise<unknown>;
}

/** Runs every call of the library in a fresh page; `strategy` as a customer would set it. */
async function callFromPage(userId: string, strategy: 'standard' | 'batching'): Promise<{ asked: string[]; errors: string[] }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const [asked, errors]: [string[], string[]] = [[], []];
  page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).host} ${new URL(request.url()).pathname}`));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(customer.url);
  await call(page, { userId, strategy, writeKey: server.environment.writeKey, cdnURL: server.origin });
  // The page is left: what waits is sent as it goes.
  await page.goto('about:blank');
  await context.close();
  return { asked, errors };
}

function call(page: Page, input: { userId: string; strategy: string; writeKey: string; cdnURL: string }): Promise<void> {
  return page.evaluate(async ({ userId, strategy, writeKey, cdnURL }) => {
    const { AnalyticsBrowser } = globalThis as unknown as {
      AnalyticsBrowser: { load(settings: object, options: object): Client };
    };
    const options =
      strategy === 'batching'
        ? { integrations: { 'Segment.io': { deliveryStrategy: { strategy, config: { size: 3, timeout: 200 } } } } }
        : {};
    const analytics = AnalyticsBrowser.load({ writeKey, cdnURL }, options);
    await analytics.page('Pricing');
    await analytics.track('Plan Compared', { plans: ['free', 'pro'] });
    await analytics.identify(userId, { email: `${userId}@acme.example` });
    await analytics.group('acme', { name: 'Acme' });
    await analytics.track('Plan Chosen', { plan: 'pro' });
    await new Promise((done) => setTimeout(done, 600));
  }, input);
}

async function personOf(userId: string): Promise<PersonAnswer | undefined> {
  const base = `/api/e/${server.environment.id}/people`;
  const { body } = await server.owner.get<{ people: PersonRow[] }>(`${base}?search=${userId}`);
  const found = body.people.find((person) => person.userId === userId);
  return found && (await server.owner.get<PersonAnswer>(`${base}/${found.id}`)).body;
}

describe.each(['standard', 'batching'] as const)('Segment’s browser library, unchanged, with %s delivery', (strategy) => {
  it('is loaded with our address alone, and every call arrives at one person', async () => {
    const userId = `browser-${strategy}`;
    const { asked, errors } = await callFromPage(userId, strategy);
    expect(errors).toEqual([]);
    const foreign = asked.filter((line) => !line.includes('127.0.0.1'));
    expect(foreign).toEqual([]);
    expect(asked).toContain(`GET ${new URL(server.origin).host} /v1/projects/${server.environment.writeKey}/settings`);
    expect(asked.some((line) => line.endsWith(strategy === 'batching' ? '/v1/b' : '/v1/t'))).toBe(true);
    // What is sent as a page goes arrives when the browser finds time for it.
    const person = await vi.waitFor(
      async () => {
        await server.settle();
        const found = await personOf(userId);
        expect(found?.events).toHaveLength(5);
        return found;
      },
      { timeout: 10_000 },
    );
    expect(person).toMatchObject({ email: `${userId}@acme.example`, accounts: [{ id: 'acme', name: 'Acme' }] });
    expect(Object.fromEntries((person?.events ?? []).map(({ name, count }) => [name, count]))).toEqual({
      'Page Viewed': 1,
      'Plan Compared': 1,
      Identified: 1,
      'Group Joined': 1,
      'Plan Chosen': 1,
    });
    expect(person?.identities).toHaveLength(2);
  });
});

describe('the settings of a client', () => {
  it('are for any page, kept for a minute, and name nobody but us', async () => {
    const { status, headers, body, text } = await server.as(undefined).get(`/v1/projects/${server.environment.writeKey}/settings`);
    expect([status, headers.get('access-control-allow-origin'), headers.get('cache-control')]).toEqual([200, '*', 'public, max-age=60']);
    const host = `${new URL(server.origin).host}/v1`;
    expect(body).toMatchObject({
      integrations: { 'Segment.io': { apiKey: server.environment.writeKey, apiHost: host, protocol: 'http' } },
    });
    expect(text).not.toContain('segment.com');
  });

  it('are not given for an unknown key', async () => {
    expect((await server.as(undefined).get('/v1/projects/pk_unknown/settings')).status).toBe(404);
  });

  it('come with a place for figures of the client, which are dropped', async () => {
    const answer = await server
      .as(undefined)
      .post('/v1/m', JSON.stringify({ series: [{ type: 'Counter' }] }), { 'content-type': 'text/plain' });
    expect([answer.status, answer.body]).toEqual([200, { success: true }]);
    const refused = await server.as(undefined).post('/v1/track', { type: 'track' }, basic('pk_unknown'));
    expect(refused.status).toBe(401);
  });
});
