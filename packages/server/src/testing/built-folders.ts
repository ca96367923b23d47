import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What a build would have left: the smallest pages, shell and surfaces that the server can serve. */
const built: Readonly<Record<string, string>> = {
  'web/dashboard/index.html': '<!doctype html><title>Dashboard</title><style nonce="__CSP_NONCE__"></style>',
  'web/portal/index.html': '<!doctype html><title>Portal</title><style nonce="__CSP_NONCE__"></style>',
  'web/assets/app-1.js': 'export {};',
  'sdk/manifest.json': JSON.stringify({ shell: 'shell.js', surfaces: { tour: 'chunks/tour-1.js', checklist: 'chunks/checklist-1.js' } }),
  'sdk/shell.js': 'globalThis.__gangway_shell=1;',
  'sdk/chunks/tour-1.js': 'export const tour = 1;',
  'sdk/chunks/checklist-1.js': 'export const checklist = 1;',
};

/** Folders as a build leaves them, in a temporary place, so that tests of the server need no build. */
export async function createBuiltFolders(): Promise<{ root: string; folders: { web: string; sdk: string }; remove(): Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'gangway-built-'));
  for (const [name, text] of Object.entries(built)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  return {
    root,
    folders: { web: join(root, 'web'), sdk: join(root, 'sdk') },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
