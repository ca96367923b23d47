import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { portalPlan, portalTask } from '@gangway/product/features/portal/web/testing/portal-plan.ts';
import react from '@vitejs/plugin-react';
import { type Browser, chromium, type Page, type Route } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const site = 'http://portal.test';
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'";
const types: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };

/** The portal as it is shipped, by path. */
async function buildPortal(): Promise<Map<string, Buffer>> {
  const root = resolve(import.meta.dirname, '../..');
  const output = (await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    build: { write: false, assetsInlineLimit: 0, rolldownOptions: { input: resolve(root, 'portal/index.html') } },
  })) as Rolldown.RolldownOutput;
  return new Map(output.output.map((file) => [file.fileName, Buffer.from(file.type === 'chunk' ? file.code : file.source)]));
}

const goals = portalTask({ id: 'goals', title: 'Agree on goals' });
const board = portalTask({
  id: 'board',
  title: 'Make a board',
  url: 'https://app.example/boards',
  automatic: true,
  because: 'waits for First board created',
});
const closed = { status: 'done' as const, doneAt: Date.parse('2026-11-21T12:00:00Z'), because: 'closed by grace@acme.example' };

/** Answers of the server by path; a test changes them as the world changes. */
type Answers = Record<string, { status: number; body?: unknown }>;

describe.skipIf(!existsSync(executablePath))('the portal', () => {
  let files: Map<string, Buffer>;
  let browser: Browser;
  beforeAll(async () => {
    // Vite builds React for development under the runner's own NODE_ENV.
    vi.stubEnv('NODE_ENV', 'production');
    files = await buildPortal();
    vi.unstubAllEnvs();
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
  });
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  afterAll(() => browser?.close());

  async function visit(path: string, answers: Answers, width = 1280): Promise<{ page: Page; asked: string[] }> {
    const context = await browser.newContext({ viewport: { width, height: 800 }, locale: 'en-GB', timezoneId: 'UTC' });
    const page = await context.newPage();
    const asked: string[] = [];
    await page.route(`${site}/**`, (route: Route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname.startsWith('/portal/api')) {
        asked.push(`${route.request().method()} ${pathname} ${route.request().postData() ?? ''}`.trim());
        const answer = answers[pathname] ?? { status: 404, body: {} };
        return route.fulfill({
          status: answer.status,
          contentType: 'application/json',
          body: answer.status === 204 ? '' : JSON.stringify(answer.body),
        });
      }
      const name = pathname.startsWith('/assets/') ? pathname.slice(1) : 'portal/index.html';
      const headers = { 'content-security-policy': policy };
      return route.fulfill({ body: files.get(name) ?? '', contentType: types[name.split('.').at(-1) ?? ''] ?? 'text/plain', headers });
    });
    await page.goto(site + path);
    return { page, asked };
  }

  test('script and styles together are under 100 kB compressed', () => {
    const bytes = [...files.values()].reduce((sum, file) => sum + gzipSync(file).length, 0);
    expect(bytes).toBeLessThan(100_000);
  });

  test('a mail’s link changes nothing until its button is pressed, and leaves no trace in the history', async () => {
    const answers: Answers = { '/portal/api/open': { status: 204 }, '/portal/api/plan': { status: 200, body: portalPlan([goals]) } };
    const { page, asked } = await visit('/portal/open#secret-token-of-the-mail', answers);
    await page.getByTestId('open-plan').waitFor();
    expect(asked).toEqual([]);
    await page.getByTestId('open-plan').click();
    await page.waitForURL(`${site}/portal/`);
    expect(asked[0]).toBe('POST /portal/api/open {"token":"secret-token-of-the-mail"}');
    await page.getByRole('heading', { name: 'Agree on goals' }).first().waitFor();
    await page.goBack();
    expect(page.url()).not.toContain('secret');
  });

  test.each([401, 404, 410])('a link that answers %i says so neutrally', async (status) => {
    const { page } = await visit('/portal/open#secret-token-of-the-mail', { '/portal/api/open': { status, body: {} } });
    await page.getByTestId('open-plan').click();
    await page.getByRole('heading', { name: 'This link no longer opens a plan' }).waitFor();
  });

  test('marking the next step as done shows the one after it, says so and moves the focus', async () => {
    const answers: Answers = {
      '/portal/api/plan': { status: 200, body: portalPlan([goals, board]) },
      '/portal/api/tasks/goals/complete': { status: 200, body: portalPlan([{ ...goals, ...closed }, board]) },
    };
    const { page } = await visit('/portal/', answers);
    await page.getByTestId('next-done').click();
    const heading = page.getByTestId('next-step').getByRole('heading', { name: 'Make a board' });
    await heading.waitFor();
    await expect.poll(() => heading.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.getByRole('status').textContent()).toBe('“Agree on goals” is done. Your next step: Make a board.');
    const link = page.getByTestId('next-open');
    expect([await link.getAttribute('href'), await link.getAttribute('target')]).toEqual(['https://app.example/boards', '_blank']);
    expect(await page.getByTestId('next-done').count()).toBe(0);
  });

  test('what a fact closed elsewhere shows when the page is looked at again', async () => {
    const answers: Answers = { '/portal/api/plan': { status: 200, body: portalPlan([board]) } };
    const { page } = await visit('/portal/', answers);
    await page.getByTestId('next-open').waitFor();
    answers['/portal/api/plan'] = { status: 200, body: portalPlan([{ ...board, ...closed }]) };
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await page.getByRole('heading', { name: 'Your onboarding is complete' }).waitFor();
  });

  test('a failed refresh keeps the plan and gives the request’s id', async () => {
    const answers: Answers = { '/portal/api/plan': { status: 200, body: portalPlan([goals]) } };
    const { page } = await visit('/portal/', answers);
    await page.getByTestId('next-done').waitFor();
    answers['/portal/api/tasks/goals/complete'] = {
      status: 503,
      body: { message: 'We are restarting. Nothing was changed.', requestId: 'req-7' },
    };
    await page.getByTestId('next-done').click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('We are restarting. Nothing was changed.');
    expect(await alert.textContent()).toContain('req-7');
    expect(await page.getByTestId('task').getAttribute('data-status')).toBe('open');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await alert.waitFor({ state: 'detached' });
  });

  test('a guest whose cookie is gone is told how to come back', async () => {
    const { page } = await visit('/portal/', { '/portal/api/plan': { status: 401, body: {} } });
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  });

  test('list and timeline switch by keyboard and live in the address', async () => {
    const { page } = await visit('/portal/?view=timeline', { '/portal/api/plan': { status: 200, body: portalPlan([goals, board]) } });
    await page.getByText('Wednesday 25 November').waitFor();
    await page.getByTestId('view-timeline').press('ArrowLeft');
    await page.getByRole('heading', { name: /Kick-off/ }).waitFor();
    expect(page.url()).toBe(`${site}/portal/`);
    await page.goBack();
    await page.getByText('Wednesday 25 November').waitFor();
  });

  test.each([360, 1280])('at %i px nothing sticks out and axe finds nothing', async (width) => {
    const long = portalTask({
      id: 'long',
      title: 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenausgabe',
      owner: 'vendor',
      status: 'late',
    });
    const { page } = await visit('/portal/', { '/portal/api/plan': { status: 200, body: portalPlan([goals, board, long]) } }, width);
    await page.getByTestId('next-step').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.getByTestId('view-timeline').click();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
});
