import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { buildSdk } from '../../../scripts/build-sdk.mjs';
import { fixtureCss, fixturePage } from './fixture.ts';
import { StubServer } from './stub-server.ts';

const launchArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** One browser and one build for a test file; a fresh server and a fresh context for each scenario. */
export class Bench {
  readonly browser: Browser;
  private readonly built: Awaited<ReturnType<typeof buildSdk>>;
  private readonly complaints: string[] = [];
  private contexts: BrowserContext[] = [];
  server: StubServer;

  private constructor(browser: Browser, built: Awaited<ReturnType<typeof buildSdk>>) {
    this.browser = browser;
    this.built = built;
    this.server = new StubServer(built.outdir, built.manifest.surfaces);
  }

  static async open(options: { readonly bfcache?: boolean; readonly args?: readonly string[] } = {}): Promise<Bench> {
    const built = await buildSdk({ outdir: await mkdtemp(join(tmpdir(), 'gangway-sdk-')) });
    const browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [...launchArgs, ...(options.args ?? [])],
      ...(options.bfcache ? { ignoreDefaultArgs: ['--disable-back-forward-cache'] } : {}),
    });
    return new Bench(browser, built);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await rm(this.built.outdir, { recursive: true });
  }

  /**
   * A fresh server with the fixture at `/`.
   *
   * @param surfaces other code than what was built, by kind, below `/sdk/`
   */
  async begin(surfaces: Readonly<Record<string, string>> = this.built.manifest.surfaces): Promise<StubServer> {
    this.complaints.length = 0;
    this.server = new StubServer(this.built.outdir, surfaces);
    await this.server.start();
    this.server.pages.set('/fixture.css', fixtureCss);
    this.server.pages.set('/', fixturePage());
    return this.server;
  }

  /** Closes what the scenario opened and gives every console error and every exception of its pages. */
  async end(): Promise<readonly string[]> {
    for (const context of this.contexts) await context.close();
    this.contexts = [];
    await this.server.stop();
    return this.complaints;
  }

  async context(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    this.contexts.push(context);
    return context;
  }

  async page(options: BrowserContextOptions = {}): Promise<Page> {
    return this.watch(await (await this.context(options)).newPage());
  }

  /** Errors of this page count against the scenario. */
  watch(page: Page): Page {
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    return page;
  }
}

/** For scenarios that measure time: a machine that is busy with something else gets another chance. */
export const timing = { retry: 2 } as const;

export function part(page: Page, name: string): Locator {
  return page.locator(`[data-gangway] [data-part="${name}"]`);
}

/** Clicks a part from inside the page, in the same task as what the page does next. */
export const pressInPage = `(name) => {
  for (const host of document.querySelectorAll('[data-gangway]')) host.shadowRoot.querySelector('[data-part="' + name + '"]')?.click();
}`;

/** Pixels between the card and a target, 0 when they touch or overlap. */
export async function gapTo(page: Page, selector: string): Promise<number> {
  return page.evaluate((wanted) => {
    const target = document.querySelector(wanted)?.getBoundingClientRect();
    const host = [...document.querySelectorAll('[data-gangway]')].find((each) => each.shadowRoot?.querySelector('[data-part="card"]'));
    const card = host?.shadowRoot?.querySelector('[data-part="card"]')?.getBoundingClientRect();
    if (!target || !card || card.width === 0) return Number.POSITIVE_INFINITY;
    const across = Math.max(0, card.left - target.right, target.left - card.right);
    const down = Math.max(0, card.top - target.bottom, target.top - card.bottom);
    return Math.max(across, down);
  }, selector);
}

/** Waits until a check is true, looking every 20 ms. */
export async function until(check: () => boolean | Promise<boolean>, what: string, limitMs = 5000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`waited ${limitMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
