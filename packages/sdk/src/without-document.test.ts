import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { init } from './index.ts';
import { version } from './version.ts';

test('the version that events carry is the package version', () => {
  const { version: packaged } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(version).toBe(packaged);
});

test('59: without a document, importing and starting do nothing and throw nothing', async () => {
  const gangway = init({ writeKey: 'wk_1', host: 'https://gangway.example' });
  gangway.identify('ada', { plan: 'pro' });
  gangway.track('Board Created');
  gangway.startGuide('tour_1');
  await gangway.flush();
  await expect(import('./shell.ts')).resolves.toBeDefined();
});
