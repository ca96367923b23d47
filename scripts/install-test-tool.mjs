// `node scripts/install-test-tool.mjs NAME`: a program that tests alone drive. Each lies in `.cache/NAME`, a package of
// its own outside the project's: no part of the product needs one, and the lockfile cannot hold every platform of theirs.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { testTools } from './test-tools.mjs';

const name = process.argv[2];
const tool = Object.hasOwn(testTools, name) ? testTools[name] : undefined;
if (!tool) {
  console.error(`Say which: node scripts/install-test-tool.mjs ${Object.keys(testTools).join('|')}`);
  process.exit(2);
}
const folder = join(resolve(import.meta.dirname, '..'), '.cache', name);
const stamp = join(folder, 'installed');

if (existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === tool.version) {
  console.log(`${tool.title} ${tool.version} is installed in ${folder}`);
  process.exit(0);
}
console.log(`Installing ${tool.title} ${tool.version} into ${folder} (about ${tool.size})`);
mkdirSync(folder, { recursive: true });
// A package of its own, or npm would take the folder for a part of the workspace around it.
writeFileSync(
  join(folder, 'package.json'),
  JSON.stringify({ name: `gangway-${name}`, private: true, dependencies: { [tool.package]: tool.version } }),
);
const { status } = spawnSync('npm', ['install', ...tool.args, '--no-audit', '--no-fund', '--loglevel=error', '--workspaces=false'], {
  cwd: folder,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (status !== 0) {
  console.error(`${tool.title} could not be installed. The lines above say why; the tests that need it are skipped.`);
  process.exit(1);
}
writeFileSync(stamp, tool.version);
