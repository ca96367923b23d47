import type { Page } from 'playwright-core';

/** The editor has said that the server has what was written. */
export function saved(page: Page): Promise<void> {
  return page.locator('.gw-save-line').getByText('Saved', { exact: true }).waitFor({ state: 'attached' });
}

/** Publishes what the editor shows, through the dialog that asks for whom. @param noun of the button, `tour` */
export async function publish(page: Page, noun: string): Promise<void> {
  await page.getByRole('button', { name: `Publish ${noun}` }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Publish ${noun}` })
    .click();
}
