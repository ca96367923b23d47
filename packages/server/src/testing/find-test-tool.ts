import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder where `scripts/install-test-tool.mjs NAME` has put a program for tests, or undefined when it did not. */
export function findTestTool(name: string): string | undefined {
  const folder = resolve(fileURLToPath(import.meta.url), '../../../../../.cache', name);
  return existsSync(join(folder, 'installed')) ? folder : undefined;
}
