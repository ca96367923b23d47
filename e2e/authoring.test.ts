import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { authorWorld } from './support/author-world.ts';
import { chromiumPath } from './support/browser.ts';
import { axeComplaints } from './support/dashboard-visitor.ts';
import { publish, saved } from './support/editor-steps.ts';

interface Rows {
  readonly definitions: readonly { readonly id: string; readonly name: string; readonly live: boolean }[];
}
interface Plans {
  readonly plans: readonly { readonly id: string; readonly account: { readonly id: string } }[];
}
interface People {
  readonly people: readonly { readonly name: string; readonly userId: string; readonly accounts: readonly { readonly id: string }[] }[];
}

describe.skipIf(chromiumPath === undefined)('authors and plans, in a browser before a real server', () => {
  const world = authorWorld();

  test('a tour is written by keyboard, previewed, published, explained and stopped', async () => {
    const page = await world.author.visit('/guides?new=1');
    await page.getByRole('dialog').getByLabel('Name').fill('By keyboard');
    await page.keyboard.press('Enter');
    await saved(page);
    await page.getByRole('button', { name: 'Add a condition' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Did something (event)' }).waitFor();
    await page.keyboard.press('Enter');
    // What was just added is complained about when it was left, not before.
    const event = page.getByRole('combobox', { name: 'Event', exact: true });
    await event.and(page.locator(':focus')).waitFor();
    expect(await event.getAttribute('aria-invalid')).not.toBe('true');
    await page.getByLabel('Name', { exact: true }).focus();
    await page.getByText('Choose an event.').waitFor();
    await event.focus();
    await page.keyboard.type('Board Created');
    await page.keyboard.press('Escape');
    await page.getByText(/Matches \d+ of \d+ people now\./).waitFor();
    await page.getByLabel('Title', { exact: true }).fill('Look here');
    await expect.poll(() => page.locator('.gw-preview-page h2').textContent()).toBe('Look here');
    await page.getByRole('button', { name: 'Add a step' }).click();
    await page.getByLabel('Title', { exact: true }).fill('And here');
    await page.getByRole('button', { name: /Move step 2 of 2/ }).press('ArrowUp');
    await expect.poll(() => page.locator('.gw-part-title').first().textContent()).toContain('And here');
    await saved(page);
    await publish(page, 'tour');
    await page.getByText('Live, version 1').waitFor();
    await page.getByRole('button', { name: 'Why?' }).click();
    await page.getByRole('combobox', { name: 'Person' }).fill('Grace');
    await page.getByRole('option', { name: /Grace/ }).first().click();
    await page.locator('.gw-why-verdict').waitFor();
    await page.getByRole('button', { name: 'Close panel' }).click();
    await page.getByRole('button', { name: 'More about this tour' }).click();
    await page.getByRole('menuitem', { name: 'Stop this tour' }).click();
    await page.getByText('Stopped at version 1').waitFor();
  });

  test('an incomplete draft is not sent, survives a reload, and two authors do not overwrite each other', async () => {
    const page = await world.author.visit('/guides/first-board-tour');
    const name = page.getByLabel('Name', { exact: true });
    await name.fill('');
    await page.getByText('Kept in this browser.').waitFor();
    await page.reload();
    await page.getByText('Give it a name.').waitFor();
    const other = await world.author.visit('/guides/first-board-tour');
    await other.getByLabel('Name', { exact: true }).fill('Theirs');
    await saved(other);
    await name.fill('Mine');
    await page.getByText('Somebody saved another version').waitFor();
    await page.getByRole('button', { name: 'Take the saved version' }).click();
    await expect.poll(() => name.inputValue()).toBe('Theirs');
  });

  test('a milestone is made beside the item that needs it', async () => {
    const page = await world.author.visit('/checklists/getting-started');
    await page.getByRole('button', { name: 'Add an item' }).click();
    await page.getByLabel('Title', { exact: true }).last().fill('Say something');
    await page.getByRole('button', { name: 'New milestone' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('First comment');
    await page.getByRole('combobox', { name: 'Reached when a person first does' }).fill('Comment Added');
    await page.getByRole('button', { name: 'Create milestone' }).click();
    await expect.poll(() => page.getByRole('combobox', { name: 'Ticked by' }).inputValue()).toBe('First comment');
    await saved(page);
    const { definitions } = await world.author.read<Rows>('/definitions/milestones');
    expect(definitions.find((row) => row.name === 'First comment')).toMatchObject({ live: true });
  });

  test('a task is completed and taken back, and another is closed live by a fact, with the person behind it', async () => {
    const plan = (await world.author.read<Plans>('/plans')).plans[0];
    const { people } = await world.author.read<People>(`/people?limit=100`);
    const person = people.find((each) => each.accounts.some((account) => account.id === plan?.account.id));
    if (!plan || !person) throw new Error('the demo has no plan with people');
    const page = await world.author.visit(`/plans/${plan.id}`);
    await page.getByRole('button', { name: 'Complete “Agree on goals”' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Complete “Agree on goals”' }).waitFor();
    const event = {
      type: 'track',
      messageId: randomUUID(),
      userId: person.userId,
      event: 'Teammate Invited',
      timestamp: new Date().toISOString(),
      context: { groupId: plan.account.id },
    };
    await fetch(new URL('/v1/batch', world.server.dashboard), {
      method: 'POST',
      body: JSON.stringify({ writeKey: world.author.writeKey, batch: [event] }),
    });
    await page.getByText('Closed by “Teammate invited”').waitFor();
    expect(await page.getByRole('link', { name: person.name }).count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Invite to portal' }).click();
    await page.getByLabel('Their mail address').fill('champion@example.com');
    await page.keyboard.press('Enter');
    await page.getByText(/portal\/open#/).waitFor();
  });

  test('a funnel is drawn while it is written, and a bar opens exactly the people it counts', async () => {
    const page = await world.author.visit('/funnels?new=1');
    await page.getByRole('dialog').getByLabel('Name').fill('Quick look');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Event of step 1' }).fill('Signed Up');
    await page.getByRole('combobox', { name: 'Event of step 2' }).fill('Board Created');
    await page.getByRole('button', { name: /Step 2, Board Created/ }).click();
    const counted = Number(await page.locator('.gw-funnel-figure').nth(1).textContent());
    await page.locator('.gw-funnel-people li').first().waitFor();
    expect(await page.locator('.gw-funnel-people li').count()).toBe(counted);
    await saved(page);
  });

  test.each(['active-people', 'who-comes-back', 'new-and-gone', 'days-of-use', 'after-sign-up', 'time-to-first-board'])(
    'a number of %s opens exactly the people it counts, by keyboard, and the address keeps them',
    async (id) => {
      const page = await world.author.visit(`/reports/${id}`);
      const number = page.locator('.gw-sheet td > button').first();
      await number.waitFor();
      const counted = Math.abs(Number(await number.textContent()));
      await number.focus();
      await page.keyboard.press('Enter');
      await page.locator('.gw-funnel-people li').first().waitFor();
      expect(await page.locator('.gw-funnel-people li').count()).toBe(counted);
      await page.reload();
      await page.locator('.gw-funnel-people li').first().waitFor();
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      expect((await saved).suggestedFilename()).toBe('people.csv');
      await page.keyboard.press('Escape');
    },
  );

  test.each([
    '/guides',
    '/guides/first-board-tour',
    '/checklists/getting-started',
    '/milestones/activated',
    '/playbooks/launch',
    '/plans',
    '/reports',
    '/reports/sign-up-to-habit',
    '/reports/who-comes-back',
    '/reports/after-sign-up',
  ])('axe finds nothing on %s, narrow and wide, light and dark', async (path) => {
    for (const look of [{ width: 1280 }, { width: 360, dark: true }]) {
      const page = await world.author.visit(path, look);
      await page.locator('main h1').waitFor();
      await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
      expect(await axeComplaints(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
  });
});
