import type { Page } from 'playwright-core';

/** Collects what a page complains about: console errors, exceptions, violations of the content security policy. */
export function watchPage(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}
