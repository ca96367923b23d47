// What every command needs first: a Node that is new enough, and the packages of the lockfile.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const minimum = [20, 19];

/** Ends the process with a sentence when Node is too old. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > minimum[0] || (major === minimum[0] && minor >= minimum[1])) return;
  console.error(
    `Gangway needs Node ${minimum.join('.')} or newer; this is ${process.versions.node}. Install a newer one from nodejs.org or with your version manager.`,
  );
  process.exit(1);
}

/** Runs `npm ci` when node_modules is missing or was made from another lockfile. */
export function installPackages(progress) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, '.cache', 'installed');
  const installed = existsSync(join(root, 'node_modules', 'esbuild')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;
  if (installed) return;
  progress('Installing packages (npm ci)');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('The packages could not be installed. The lines above say why; mend that and run the command again.');
    process.exit(1);
  }
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(stamp, lock);
}
