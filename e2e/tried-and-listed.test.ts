import { describe, expect, test } from 'vitest';
import { authorWorld } from './support/author-world.ts';
import { chromiumPath } from './support/browser.ts';
import { axeComplaints } from './support/dashboard-visitor.ts';
import { publish, saved } from './support/editor-steps.ts';

interface Saved {
  readonly published: { readonly holdout?: number; readonly rule?: { readonly id?: string } } | null;
  readonly version: number;
}

describe.skipIf(chromiumPath === undefined)('what an author tries, takes back, counts and lists', () => {
  const world = authorWorld();
  const send = (call: object) => {
    const headers = { authorization: `Basic ${btoa(`${world.author.writeKey}:`)}`, 'content-type': 'application/json' };
    return fetch(new URL('/v1/track', world.server.dashboard), { method: 'POST', headers, body: JSON.stringify(call) });
  };

  test('a backtest runs over what was recorded, compares with the live version, and names people', async () => {
    const page = await world.author.visit('/guides/first-board-tour?panel=backtest');
    await page.getByText('It was not tried yet.').waitFor();
    await page.getByRole('button', { name: 'Run on the last 90 days' }).click();
    await page.getByText(/over [\d,]+ events of \d+ people/).waitFor();
    await page.getByText(/\d+ gained, \d+ lost, \d+ the same\./).waitFor();
    const panel = page.getByRole('complementary', { name: 'Backtest' });
    // The draft is what is live: nobody is gained or lost.
    expect(
      await panel
        .getByText(/gained/)
        .first()
        .textContent(),
    ).toMatch(/^0 gained, 0 lost, [1-9]\d* the same\.$/);
    expect(await axeComplaints(page)).toEqual([]);
    await page.reload();
    await page.getByText(/\d+ gained/).waitFor();
  });

  test('a holdout is set, published, compared and rolled back', async () => {
    const page = await world.author.visit('/guides/first-board-tour');
    const holdout = page.getByLabel('Holdout, per cent');
    await holdout.fill('20');
    await saved(page);
    await publish(page, 'tour');
    await page.getByText('Live, version 2').waitFor();
    const { published } = await world.author.read<Saved>('/definitions/guides/first-board-tour');
    expect(published?.holdout).toBe(20);
    await page.getByRole('button', { name: 'More about this tour' }).click();
    await page.getByRole('menuitem', { name: 'Versions' }).click();
    await page.getByRole('button', { name: 'See version 1' }).click();
    await page.getByText('Compared with version 2, which is live, it says:').waitFor();
    expect(await page.locator('.gw-version-detail .gw-changes').textContent()).toMatch(/holdout/i);
    expect(await axeComplaints(page)).toEqual([]);
    await page.getByRole('button', { name: 'Roll back to version 1' }).click();
    await page.getByText('Version 3 is live: it says what version 1 said').waitFor();
    expect((await world.author.read<Saved>('/definitions/guides/first-board-tour')).published?.holdout ?? 0).toBe(0);
  });

  test('a report is counted from one day to another, kept so, and a range that cannot be is said', async () => {
    const page = await world.author.visit('/reports/active-people');
    await page.locator('.gw-funnel-caption').first().waitFor();
    await page.getByRole('combobox', { name: 'Range' }).click();
    await page.getByRole('option', { name: 'chosen dates' }).click();
    const [first, last] = [page.getByLabel(/^First day/), page.getByLabel(/^Last day/)];
    const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    await last.fill(day);
    await first.fill('2099-01-01');
    await page.getByText('The first day comes after the last.').waitFor();
    expect(page.url()).not.toContain('2099');
    await first.fill('2000-01-01');
    await page.getByText('At most three years.').waitFor();
    const asked = page.waitForRequest((request) => request.method() === 'POST' && request.postData()?.includes('"from"') === true);
    await first.fill(day);
    const { from, to } = JSON.parse((await asked).postData() ?? '{}') as { from: number; to: number };
    expect([new Date(from).toISOString(), to - from]).toEqual([`${day}T00:00:00.000Z`, 86_400_000]);
    await page.waitForURL((url) => url.searchParams.get('range') === `${day}..${day}`);
    expect(await axeComplaints(page)).toEqual([]);
    await page.getByRole('button', { name: 'Open with this range' }).click();
    await saved(page);
    const again = await world.author.visit('/reports/active-people');
    await expect.poll(() => again.getByLabel(/^First day/).inputValue()).toBe(day);
  });

  test('people who are open hold still while events arrive', async () => {
    const page = await world.author.visit('/reports/sign-up-to-habit');
    await page.locator('.gw-funnel-chart button').first().click();
    const people = page.locator('.gw-funnel-people li');
    await people.first().waitFor();
    const count = await people.count();
    let lists = 0;
    page.on('request', (request) => (lists += Number(request.url().endsWith('/people'))));
    const counted = page.waitForResponse((answer) => answer.url().endsWith('/reports/funnel') && answer.ok());
    await send({ type: 'track', event: 'Signed Up', userId: 'late-guest', messageId: 'late-guest-1' });
    await counted;
    await page.waitForTimeout(200);
    expect([await people.count(), lists]).toEqual([count, 0]);
  });

  test('a number that the address names, and that only a later answer has, opens when that comes', async () => {
    const body = {
      ...{ kind: 'trend', name: 'Late boards', unit: 'day', days: 30 },
      series: [{ pick: { type: 'event', name: 'Board Rescued' }, measure: 'people' }],
    };
    await world.author.write('/definitions/reports/late-boards', { body, revision: 0 });
    const cell = encodeURIComponent(JSON.stringify({ series: 0, period: null }));
    const page = await world.author.visit(`/reports/late-boards?cell=${cell}`);
    await page.getByText('Nothing in this range').waitFor();
    expect(await page.locator('.gw-funnel-people').count()).toBe(0);
    const rescue = (userId: string) => send({ type: 'track', event: 'Board Rescued', userId, messageId: `rescue-${userId}` });
    await rescue('rescuer-1');
    await page.locator('.gw-funnel-people').getByText('rescuer-1').waitFor();
    // From now on it is open, and holds still.
    const counted = page.waitForResponse((answer) => answer.url().endsWith('/reports/trend') && answer.ok());
    await rescue('rescuer-2');
    await counted;
    await page.waitForTimeout(200);
    expect(await page.locator('.gw-funnel-people li').allTextContents()).toEqual(['rescuer-1']);
  });

  test('a list is made from a file, filled by hand, renamed, asked for by a rule, and deleted when nothing asks', async () => {
    const page = await world.author.visit('/lists');
    await page.getByText('No list yet').waitFor();
    const { people } = await world.author.read<{ people: { userId: string | null; name: string | null }[] }>('/people?limit=50');
    const [ada, bob, cleo] = people.filter(({ userId, name }) => userId !== null && name !== null);
    await page.getByRole('button', { name: 'New list' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Beta guests');
    await dialog.getByText('CSV file').click();
    const csv = `\ufeffname,User ID\r\n"A, x",${ada?.userId}\r\nB,${bob?.userId}\r\nC,nobody-here\r\n`;
    await dialog.locator('input[type=file]').setInputFiles({ name: 'guests.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await dialog.getByText('3 user ids in it.').waitFor();
    await dialog.getByRole('button', { name: 'Create list' }).click();
    await dialog.getByText('2 people are on the list.').waitFor();
    await dialog.getByText('1 user id belongs to nobody here: nobody-here.').waitFor();
    await dialog.getByRole('button', { name: 'Open list' }).click();
    await page.getByRole('heading', { name: 'Beta guests' }).waitFor();
    await page.getByText('2 people', { exact: true }).waitFor();
    const overview = await world.author.visit('/lists');
    const row = overview.getByRole('row', { name: 'Beta guests' });
    await row.getByText('2', { exact: true }).waitFor();
    const opened = await world.author.visit(new URL(page.url()).pathname.replace(/^\/e\/[^/]+/, ''));
    await opened.getByText('2 people', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Add people' }).click();
    await dialog.getByRole('textbox', { name: 'User ids' }).fill(`${cleo?.userId}, ${ada?.userId}`);
    await dialog.getByRole('button', { name: 'Add people' }).click();
    await page.getByText('3 people', { exact: true }).waitFor();
    // Whoever has it open elsewhere sees it too.
    await row.getByText('3', { exact: true }).waitFor();
    await opened.getByText('3 people', { exact: true }).waitFor();
    await page.getByRole('checkbox', { name: cleo?.name ?? '' }).check();
    await page.getByRole('button', { name: 'Take off the list' }).click();
    await page.getByText('Took 1 person off the list.').waitFor();
    await page.getByText('2 people', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Rename' }).click();
    await dialog.getByLabel('Name').fill('First guests');
    await dialog.getByRole('button', { name: 'Save list' }).click();
    await page.getByRole('heading', { name: 'First guests' }).waitFor();
    expect(await axeComplaints(page)).toEqual([]);

    const segment = await world.author.visit('/segments?new=1');
    await segment.getByRole('dialog').getByLabel('Name').fill('Guests');
    await segment.keyboard.press('Enter');
    await segment.getByRole('button', { name: 'Add a condition' }).click();
    await segment.getByRole('menuitem', { name: 'Is on a list' }).click();
    // Nobody has had the chance to choose; leaving it empty is complained about.
    const list = segment.getByRole('combobox', { name: 'List' });
    await segment.getByText('Kept in this browser. 1 field needs attention.').waitFor();
    expect(await list.getAttribute('aria-invalid')).not.toBe('true');
    await segment.getByLabel('Description').focus();
    await segment.getByText('Choose a list.').waitFor();
    await list.click();
    await segment.getByRole('option', { name: 'First guests' }).click();
    await segment.getByText(/^2 of \d+ people$/).waitFor();
    await saved(segment);

    await page.getByRole('button', { name: 'Delete list' }).click();
    await page.getByText('Not deleted: “Guests” asks for this list.').waitFor();
    await segment.getByRole('button', { name: 'Change or remove this condition' }).click();
    await segment.getByRole('menuitem', { name: 'Remove' }).click();
    await segment.getByRole('button', { name: 'Add a condition' }).click();
    await segment.getByRole('menuitem', { name: 'Reached a milestone' }).click();
    await segment.getByRole('combobox', { name: 'Milestone' }).click();
    await segment.getByRole('option').first().click();
    await saved(segment);
    await page.getByRole('button', { name: 'Delete list' }).click();
    await page.getByText('Deleted “First guests”.').waitFor();
    await page.getByText('No list yet').waitFor();
    await page.locator('.gw-toast', { hasText: 'Deleted' }).getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('link', { name: 'First guests' }).click();
    await page.getByText('2 people', { exact: true }).waitFor();
  });
});
