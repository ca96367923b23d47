import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { withGuests } from '../testing/list-world.ts';
import { makeEvent, makeIngestion } from '../testing/world.ts';
import { makeWorld } from '../testing/world-routes.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
const policy = (nonce: string) =>
  `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'`;

/** The dashboard as it is shipped, behind the policy it ships with, before a world that tests change. */
class Site {
  world = makeWorld(Date.now());
  asked: string[] = [];
  readonly #streams = new Set<ServerResponse>();
  readonly #server: Server;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#server = createServer(async (request, response) => {
      const url = new URL(request.url ?? '/', 'http://site');
      if (url.pathname.endsWith('/live/stream')) return this.#stream(response);
      if (url.pathname.startsWith('/api/')) {
        let text = '';
        for await (const chunk of request) text += chunk;
        this.asked.push(`${request.method} ${url.pathname}`);
        const told = this.world.answer({
          method: request.method ?? 'GET',
          path: decodeURIComponent(url.pathname),
          query: url.searchParams,
          body: text === '' ? {} : JSON.parse(text),
        });
        response.writeHead(told.status, { 'content-type': told.status < 400 ? 'application/json' : 'application/problem+json' });
        return response.end(told.body === undefined ? undefined : JSON.stringify(told.body));
      }
      return this.#file(url.pathname, response);
    });
  }

  start(): Promise<string> {
    return new Promise((done) =>
      this.#server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`)),
    );
  }

  stop(): void {
    for (const stream of this.#streams) stream.end();
    this.#server.close();
  }

  /** An event is applied in every environment that somebody looks at. */
  emit(id: string): void {
    const applied = { events: [makeEvent(id, 'Plan Chosen', Date.now())], people: ['p0'], accounts: ['acme'] };
    for (const stream of this.#streams) stream.write(`event: applied\ndata: ${JSON.stringify(applied)}\n\n`);
  }

  get watchers(): number {
    return this.#streams.size;
  }

  #stream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(':\n\n');
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
  }

  #file(path: string, response: ServerResponse): void {
    if (path.startsWith('/assets/')) {
      response.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/plain' });
      response.end(readFileSync(join(this.#folder, path)));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy('one-nonce') });
    response.end(readFileSync(join(this.#folder, 'dashboard/index.html'), 'utf8').replaceAll('__CSP_NONCE__', 'one-nonce'));
  }
}

describe.skipIf(!existsSync(executablePath))('the dashboard', () => {
  let folder: string;
  let site: Site;
  let address: string;
  let browser: Browser;
  const errors: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gangway-dashboard-'));
    // Vite builds React for development under the runner's own NODE_ENV.
    vi.stubEnv('NODE_ENV', 'production');
    await build({ configFile: resolve(import.meta.dirname, '../../vite.config.ts'), logLevel: 'error', build: { outDir: folder } });
    vi.unstubAllEnvs();
    site = new Site(folder);
    address = await site.start();
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
  });
  beforeEach(() => {
    site.world = makeWorld(Date.now());
    site.asked = [];
    errors.length = 0;
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
    site?.stop();
    if (folder) rmSync(folder, { recursive: true });
  });

  async function visit(path: string, look: { width?: number; dark?: boolean } = {}): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: look.width ?? 1280, height: 800 },
      colorScheme: look.dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) errors.push(message.text());
    });
    await page.goto(address + path);
    return page;
  }

  test('the initial script is under 250 kB compressed', () => {
    const html = readFileSync(join(folder, 'dashboard/index.html'), 'utf8');
    const scripts = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map((match) => join(folder, match[1] ?? ''));
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.reduce((sum, script) => sum + gzipSync(readFileSync(script)).length, 0)).toBeLessThan(250_000);
  });

  test.each([
    ['/e/demo', 'Person 0'],
    ['/e/production', 'Waiting for the first event'],
    ['/e/demo/live', 'Person 0'],
    ['/e/demo/live?tab=failed', 'A track call needs an event name.'],
    ['/e/demo/live?tab=health', 'Order 4711 Shipped'],
    ['/e/production/live', 'Waiting for the first event'],
    ['/e/demo/people', 'Person 1'],
    ['/e/demo/people?open=p3', '0f1d6a52'],
    ['/e/production/people', 'Nobody yet'],
    ['/e/demo/people/p3', 'Board Created'],
    ['/e/demo/people/p0?tab=why&why=guides/welcome', 'is not in the audience'],
    ['/e/demo/people/p0?tab=events', 'The counters that rules read'],
    ['/e/demo/accounts', 'Acme'],
    ['/e/demo/accounts/acme', 'Person 0'],
    ['/e/demo/settings', 'write-demo'],
    ['/e/demo/settings?tab=keys', 'billing'],
    ['/e/demo/settings/import', 'Nothing imported yet'],
    ['/e/demo/settings?tab=mailbox&mail=m1', 'Your link'],
    ['/e/broken/people', 'The store does not answer'],
    ['/sign-in', 'Sign in to Gangway'],
  ])('%s: axe, policy and width hold, light and dark, wide and narrow', async (path, words) => {
    for (const look of [{ width: 1280 }, { width: 360, dark: true }]) {
      const page = await visit(path, look);
      await page.getByText(words, { exact: false }).first().waitFor({ timeout: 15_000 });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.target.join(' ')}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      await page.context().close();
    }
    expect(errors).toEqual([]);
  });

  test('10,000 people: few rows are drawn, and j k enter x work', async () => {
    const page = await visit('/e/staging/people');
    await page.getByText('10,000 people').waitFor();
    expect(await page.locator('tr[data-row]').count()).toBeLessThan(80);
    for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
    await page.locator('tr[data-row="1"]:focus').waitFor();
    await page.keyboard.press('x');
    await page.getByText('1 selected').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'Person 1' }).waitFor();
    expect(page.url()).toContain('open=p1');
    await page.keyboard.press('Escape');
    await page.locator('tr[data-row="1"]:focus').waitFor();
    expect(page.url()).not.toContain('open');
    await page.keyboard.press('End');
    await page.locator('tr[data-row="99"]:focus').waitFor();
  });

  test('search and sort live in the address and can be kept as a view', async () => {
    const page = await visit('/e/staging/people?search=person+12&sort=name.asc');
    await page.locator('tr[data-row="0"]').waitFor();
    expect(await page.getByRole('columnheader', { name: 'Person' }).getAttribute('aria-sort')).toBe('ascending');
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByLabel('Name of this view').fill('Twelve');
    await page.keyboard.press('Enter');
    await page.goto(`${address}/e/staging/people`);
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByRole('button', { name: 'Twelve', exact: true }).click();
    await page.waitForURL(/search=person\+12/);
  });

  test('live events hold still under the pointer and while paused', async () => {
    const page = await visit('/e/demo/live');
    const rows = page.locator('.gw-feed li');
    await rows.nth(29).waitFor();
    await page.getByText('Live', { exact: true }).nth(1).waitFor();
    await page.mouse.move(5, 5);
    site.emit('n1');
    await expect.poll(() => rows.count()).toBe(31);
    await rows.nth(4).hover();
    site.emit('n2');
    await page.getByRole('button', { name: 'Show 1 new event' }).waitFor();
    expect(await rows.count()).toBe(31);
    await page.mouse.move(5, 5);
    await expect.poll(() => rows.count()).toBe(32);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.mouse.move(5, 5);
    site.emit('n3');
    await page.getByRole('button', { name: 'Show 1 new event' }).waitFor();
    expect(await rows.count()).toBe(32);
  });

  test('an empty environment turns by itself when the first event arrives', async () => {
    const page = await visit('/e/production');
    await page.getByText('Waiting for the first event').waitFor();
    const answer = site.world.answer;
    site.world = {
      ...site.world,
      answer: (asked) => (asked.path.endsWith('/ingestion') ? { status: 200, body: makeIngestion(1) } : answer(asked)),
    };
    await page.getByText('Activation, last 30 days').waitFor({ timeout: 6000 });
  });

  test('what was turned away shows on Home and Live; names that are too many are listed, and their caps can be changed', async () => {
    const answer = site.world.answer;
    const turnedAway = { key: 3, person: 1, address: 0, busy: 0 };
    site.world = {
      ...site.world,
      answer: (asked) => (asked.path.endsWith('/ingestion') ? { status: 200, body: { ...makeIngestion(9), turnedAway } } : answer(asked)),
    };
    const words = /3 requests over the limit of a key, 1 request over the limit of one person/;
    const page = await visit('/e/demo');
    await page.getByText('Developer', { exact: true }).click();
    await page.getByText(words).waitFor();
    await page.goto(`${address}/e/demo/live`);
    await page.getByText(words).waitFor();
    await page.getByRole('tab', { name: 'Health' }).click();
    await page.getByText('All other names').waitFor();
    await page.getByText('Order 4711 Shipped').waitFor();
    await page.getByRole('button', { name: 'Change caps' }).click();
    await page.getByRole('textbox', { name: 'Event names' }).fill('3000');
    await page.getByRole('button', { name: 'Save caps' }).click();
    await page.getByText('Caps changed.').waitFor();
    expect(site.asked).toContain('PUT /api/e/demo/variety');
  });

  test('a sign-in link is used by its button only, and a used one says what to do', async () => {
    site.world.state.signedIn = false;
    const page = await visit('/e/demo/people?search=a');
    await page.getByText('Sign in to Gangway').waitFor();
    await page.goto(`${page.url()}#used-0123456789012345678901`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.waitForTimeout(300);
    expect(site.asked).not.toContain('POST /api/sign-in/consume');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('This link has been used').waitFor();
    await page.getByRole('button', { name: 'Ask for a new link' }).click();
    await page.goto(page.url().replace(/#.*/, '#good-0123456789012345678901'));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${address}/e/demo/people?search=a`);
  });

  test('a secret is shown once; revoking asks for the name', async () => {
    const page = await visit('/e/demo/settings?tab=keys');
    await page.getByRole('button', { name: 'New secret key' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('worker');
    await page.keyboard.press('Enter');
    await page.getByText('gws_1234567890abcdef').waitFor();
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.getByRole('button', { name: 'Revoke worker' }).click();
    expect(await page.getByRole('button', { name: 'Revoke key' }).isDisabled()).toBe(true);
    await page.getByLabel('Type “worker” to go on').fill('worker');
    await page.keyboard.press('Enter');
    await page.getByText('“worker” no longer works.').waitFor();
    expect(await page.getByText('gws_1234567890abcdef').count()).toBe(0);
  });

  test('the palette finds screens and people by keyboard', async () => {
    const page = await visit('/e/demo');
    await page.getByText('Latest events').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('person 12');
    await page.getByRole('option', { name: /Person 12/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Person 12' }).waitFor();
    expect(errors).toEqual([]);
  });

  test.each<[string, (dialog: Locator) => Promise<void>]>([
    ['cleared', (dialog) => dialog.locator('.mantine-FileInput-section button').click()],
    ['left for pasting', (dialog) => dialog.getByText('Paste user ids').click()],
  ])('a file that was put away while it was read (%s) fills no list', async (_, putAway) => {
    const page = await visit('/e/demo/lists?new=1');
    const answers: (() => void)[] = [];
    await page.route('**/cohorts/read-file*', async (route) => {
      await new Promise<void>((answer) => answers.push(answer));
      await route.fulfill({ json: { columns: ['user_id'], column: 'user_id', ids: ['ada', 'bob'] } });
    });
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Guests');
    await dialog.getByText('CSV file').click();
    const guests = { name: 'guests.csv', mimeType: 'text/csv', buffer: Buffer.from('user_id\nada\nbob\n') };
    await dialog.locator('input[type=file]').setInputFiles(guests);
    await expect.poll(() => answers.length).toBe(1);
    await putAway(dialog);
    const read = page.waitForResponse('**/cohorts/read-file*');
    answers[0]?.();
    await (await read).finished();
    await dialog.getByRole('button', { name: 'Create list' }).click();
    await page.waitForURL(/\/lists\/guests/);
    const lists = site.asked.filter((asked) => /POST .*\/(definitions\/cohorts|cohorts)\//.test(asked));
    expect(lists.map((asked) => asked.split('/').at(-1))).toEqual(['publish']);
    expect(errors).toEqual([]);
  });

  test('people on a list hold still while they are read, or many; a search for “pages” changes nothing about that', async () => {
    const patient = { timeout: 10_000 };
    const ids = ['ada', 'bob'];
    site.world = withGuests(site.world, ids);
    const told = (path: string) => site.asked.filter((asked) => asked === `GET /api/e/demo/${path}`).length;
    const asks = () => told('cohorts/guests/people');
    const happen = async (id: string) => {
      const before = told('definitions/cohorts/guests');
      site.emit(id);
      // By then everything that follows the stream has been asked again.
      await expect.poll(() => told('definitions/cohorts/guests'), patient).toBeGreaterThan(before);
    };
    const page = await visit('/e/demo/lists/guests?search=pages');
    const names = () => page.locator('tr[data-row] td[data-name]').allInnerTexts();
    const shows = (...wanted: string[]) => expect.poll(names, patient).toEqual(wanted);
    const fresh = page.getByRole('button', { name: 'New activity' });
    await shows('ada', 'bob');
    await expect.poll(() => site.watchers, patient).toBe(1);
    await page.mouse.move(5, 5);
    ids.unshift('zoe');
    await happen('n1');
    await shows('zoe', 'ada', 'bob');
    await page.locator('tr[data-row="0"]').hover();
    const read = asks();
    ids.unshift('kim');
    await happen('n2');
    await fresh.waitFor();
    expect([asks(), await names()]).toEqual([read, ['zoe', 'ada', 'bob']]);
    await fresh.click();
    await shows('kim', 'zoe', 'ada', 'bob');
    expect(await fresh.count()).toBe(0);

    await page.getByRole('searchbox').fill('');
    await expect.poll(asks, patient).toBe(read + 1 + ids.length);
    await page.mouse.move(5, 5);
    await happen('n3');
    await fresh.waitFor();
    expect(asks()).toBe(read + 1 + ids.length);
    // The author's own change shows at once, and leaves nothing to be offered.
    await page.locator('tr[data-row="1"]').getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Take off the list' }).click();
    await shows('kim', 'ada', 'bob');
    expect(await fresh.count()).toBe(0);
    expect(errors).toEqual([]);
  });

  test('signing out leaves nothing behind', async () => {
    const page = await visit('/e/demo/people');
    await page.getByText('Person 1', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByText('Sign in to Gangway').waitFor();
    await page.goBack();
    await page.getByText('Sign in to Gangway').waitFor();
  });
});
