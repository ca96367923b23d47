import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { type ServerProcess, signIn } from './server-process.ts';

/** Somebody signed in, in a real browser, in the demo environment. */
export interface Visitor {
  readonly browser: Browser;
  /** What the page threw or what its policy refused; must stay empty. */
  readonly errors: string[];
  readonly writeKey: string;
  /** Opens a screen below the environment. */
  visit(path: string, look?: { readonly width?: number; readonly dark?: boolean }): Promise<Page>;
  /** `GET` below the environment's API. */
  read<Answer>(path: string): Promise<Answer>;
  /** `PUT` below the environment's API; rejects with what the server says against it. */
  write(path: string, body: object): Promise<void>;
}

interface Session {
  readonly environments: readonly { readonly id: string; readonly kind: string; readonly writeKey: string }[];
}

/** Signs in with the one-time link of a fresh server. Close `browser` at the end. */
export async function dashboardVisitor(server: ServerProcess): Promise<Visitor> {
  const cookie = await signIn(server);
  const origin = server.dashboard.replace(/\/$/, '');
  const get = async <Answer>(path: string) => (await (await fetch(origin + path, { headers: { cookie } })).json()) as Answer;
  const demo = (await get<Session>('/api/session')).environments.find((environment) => environment.kind === 'demo');
  if (!demo) throw new Error('the server has no demo environment');
  const browser = await openBrowser();
  const errors: string[] = [];
  const [name = '', value = ''] = cookie.split('=', 2);
  return {
    browser,
    errors,
    writeKey: demo.writeKey,
    read: (path) => get(`/api/e/${demo.id}${path}`),
    write: async (path, body) => {
      const headers = { cookie, 'content-type': 'application/json' };
      const answer = await fetch(`${origin}/api/e/${demo.id}${path}`, { method: 'PUT', headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(await answer.text());
    },
    visit: async (path, { width = 1280, dark = false } = {}) => {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
      });
      await context.addCookies([{ name, value, url: origin }]);
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) errors.push(message.text());
      });
      await page.goto(`${origin}/e/${demo.id}${path}`);
      return page;
    },
  };
}

/** What axe finds on the page as it stands, a line each. Floating lists live outside the landmarks by nature. */
export async function axeComplaints(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).disableRules(['region']).analyze();
  return violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`);
}
