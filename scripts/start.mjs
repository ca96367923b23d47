// `npm start`: everything that a fresh machine needs, then the server in this very process, so that signals reach it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkNode, installPackages } from './prepare.mjs';

checkNode();
const progress = (text) => {
  if (process.stdout.isTTY) console.log(`  ${text} …`);
  else process.stderr.write(`${text} …\n`);
};
installPackages(progress);
const { findStale, root } = await import('./build.mjs');
if (findStale().length > 0) build();
/** In a process of its own: what a bundler keeps in memory should not stay with the server. */
function build() {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  console.error('The build failed. The lines above say why.');
  process.exit(1);
}

process.env.GANGWAY_ROOT = root;
await import(pathToFileURL(join(root, 'packages/server/dist/main.mjs')).href);
