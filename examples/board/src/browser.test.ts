import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newFolder } from './board-client.ts';
import { startBoard } from './server.mjs';
import { startStubGangway, until } from './stub-gangway.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

describe.skipIf(!existsSync(executablePath))('in a browser', () => {
  let browser: Browser;
  let gangway: Awaited<ReturnType<typeof startStubGangway>>;
  let board: Awaited<ReturnType<typeof startBoard>>;

  beforeAll(async () => {
    gangway = await startStubGangway();
    board = await startBoard({ port: 0, gangway: gangway.url, writeKey: 'wk_test', dataFolder: await newFolder(), log: () => undefined });
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
  });
  afterAll(async () => {
    await browser.close();
    await board.close();
    await gangway.close();
  });

  test('a person signs up, makes a board, moves a card by keyboard and mouse, and signs out', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    const called = (method: string) => gangway.calls.filter((call) => call[0] === method);

    await page.goto(board.url);
    await until(() => called('page').find((call) => call[1] === 'Sign Up'));
    expect(called('identify')).toEqual([]);
    await page.getByTestId('signup-name').fill('Ada Lovelace');
    await page.getByTestId('signup-email').fill('ada@acme.example');
    await page.getByTestId('signup-company').fill('Acme');
    await page.getByTestId('signup-submit').click();
    await page.waitForURL('**/boards');
    expect(await until(() => called('identify')[0])).toMatchObject(['identify', /^user_/, { email: 'ada@acme.example' }].map(asMatcher));
    expect(await until(() => called('group')[0])).toEqual(['group', 'acme', { name: 'Acme', plan: 'free' }]);

    // The page is there before its program is: a press in between waits for it.
    await page.route('**/assets/board.mjs', async (route) => {
      await sleep(300);
      await route.continue();
    });
    await page.getByTestId('new-board').click();
    await page.getByTestId('board-name').fill('Launch');
    await page.getByTestId('create-board').click();
    await page.getByTestId('add-card').click();
    for (const title of ['First', 'Second']) {
      await page.getByTestId('card-title-todo').fill(title);
      await page.keyboard.press('Enter');
      await page.getByTestId('card').filter({ hasText: title }).waitFor();
    }
    const column = (id: string) => page.locator(`[data-column="${id}"]`);
    await page.getByRole('button', { name: 'Move First' }).press('Alt+ArrowRight');
    await column('doing').getByText('First').waitFor();
    const card = await page.getByTestId('card').filter({ hasText: 'Second' }).boundingBox();
    const target = await column('done').boundingBox();
    if (!card || !target) throw new Error('The card or the column is not on screen.');
    await page.mouse.move(card.x + 60, card.y + 12);
    await page.mouse.down();
    await page.mouse.move(target.x + 60, target.y + 60, { steps: 6 });
    await page.mouse.up();
    await until(() => (gangway.events.filter((event) => event.event === 'Card Moved').length === 2 ? true : undefined));
    await page.reload();
    expect(await column('done').getByText('Second').count()).toBe(1);

    await page.getByTestId('sign-out').click();
    await page.getByTestId('signup-name').waitFor();
    await until(() => called('reset')[0]);
    expect(errors).toEqual([]);
  });
});

/** A pattern matches its text; everything else is compared as it is. */
const asMatcher = (value: unknown) => (value instanceof RegExp ? expect.stringMatching(value) : value);
