import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { SessionAnswer } from '@gangway/product/features/workspace/contract.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, openBrowser } from './support/browser.ts';
import { root, type ServerProcess, signIn, startServerProcess } from './support/server-process.ts';
import { watchPage } from './support/watch-page.ts';

const looks = [
  { name: 'light-1280', width: 1280, height: 800, colorScheme: 'light', axe: true },
  { name: 'dark-1280', width: 1280, height: 800, colorScheme: 'dark', axe: true },
  { name: 'light-360', width: 360, height: 740, colorScheme: 'light', axe: false },
  { name: 'dark-360', width: 360, height: 740, colorScheme: 'dark', axe: true },
] as const;

/** Every screen of the dashboard, filled (the demo environment) and empty (production). */
const screens = [
  '',
  'live',
  'live?tab=health',
  'people',
  'people/p_1',
  'people/p_1/identity',
  'accounts',
  'accounts/acme',
  'segments',
  'segments/alone-on-a-board',
  'lists?new=1',
  'guides',
  'guides/first-board-tour',
  'checklists',
  'checklists/getting-started',
  'milestones',
  'milestones/activated',
  'playbooks',
  'playbooks/launch',
  'plans',
  'plans/PLAN',
  'reports',
  'reports/sign-up-to-habit',
  'reports/active-people',
  'reports/who-comes-back',
  'reports/new-and-gone',
  'reports/days-of-use',
  'reports/after-sign-up',
  'reports/time-to-first-board',
  'settings',
  'settings/identity',
];
const emptyScreens = [
  '',
  'live',
  'people',
  'accounts',
  'segments',
  'lists',
  'guides',
  'checklists',
  'milestones',
  'playbooks',
  'plans',
  'reports',
];

/** Milliseconds for all screens of one look: a minute, and several on a busy machine. */
const patience = 400_000;

/** Where the pictures go, to be looked at. */
const pictures = join(root, 'test-results', 'screens');

describe.skipIf(chromiumPath === undefined)('every screen', () => {
  let folder: string;
  let server: ServerProcess;
  let browser: Browser;
  let session: SessionAnswer;
  let plan: string;
  let cookie: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gangway-screens-'));
    await chmod(folder, 0o755);
    await mkdir(pictures, { recursive: true });
    server = await startServerProcess(folder);
    browser = await openBrowser();
    cookie = await signIn(server);
    const get = async <T>(path: string) => (await (await fetch(new URL(path, server.dashboard), { headers: { cookie } })).json()) as T;
    session = await get<SessionAnswer>('/api/session');
    plan = (await get<{ plans: { id: string }[] }>(`/api/e/${environment('demo')}/plans`)).plans[0]?.id ?? '';
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const environment = (kind: string) => session.environments.find((each) => each.kind === kind)?.id ?? '';
  const open = async (look: (typeof looks)[number]): Promise<BrowserContext> => {
    const context = await browser.newContext({ viewport: { width: look.width, height: look.height }, colorScheme: look.colorScheme });
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, url: server.dashboard }]);
    return context;
  };

  test.each(looks)(
    '$name: drawn, nothing wider than the window, axe finds nothing',
    async (look) => {
      const context = await open(look);
      const page = await context.newPage();
      const complaints = watchPage(page);
      const violations: string[] = [];
      const paths = [
        ...screens.map((screen) => ({ screen, path: `/e/${environment('demo')}/${screen.replace('PLAN', plan)}` })),
        ...emptyScreens.map((screen) => ({ screen: `empty-${screen}`, path: `/e/${environment('production')}/${screen}` })),
      ];
      for (const { screen, path } of paths) {
        await page.goto(new URL(path, server.dashboard).href);
        await settle(page);
        await page.screenshot({ path: join(pictures, `${screen.replaceAll('/', '-') || 'home'}-${look.name}.png`) });
        const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
        if (overflow > 0) violations.push(`${screen}: ${overflow} px wider than the window`);
        // Colours and structure of the fourth combination are in the other three.
        if (!look.axe) continue;
        const { violations: found } = await new AxeBuilder({ page }).analyze();
        violations.push(...found.map(({ id, nodes }) => `${screen}: ${id} (${nodes.map(({ target }) => target.join(' ')).join(', ')})`));
      }
      await context.close();
      expect(violations).toEqual([]);
      expect(complaints).toEqual([]);
    },
    patience,
  );
});

/** The heading is there and no skeleton is left. */
async function settle(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor({ timeout: 10_000 });
  // Not `waitForFunction`: what it polls is evaluated in the page, whose policy forbids that.
  await page.locator('[aria-busy=true], .mantine-Skeleton-root').first().waitFor({ state: 'detached', timeout: 10_000 });
  await page.evaluate('document.fonts.ready.then(() => true)');
}
