// `npm run bench -- NAME`: measures one thing in this run, compared with something else in this run. The last line is JSON.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const [name = '', ...rest] = process.argv.slice(2);
const file = ['ts', 'mjs'].map((ending) => join(root, 'bench', `${name}.${ending}`)).find((path) => existsSync(path));
if (!/^[a-z-]+$/.test(name) || !file) {
  console.error('usage: npm run bench -- NAME [options]; the names are the files in bench/');
  process.exit(2);
}
const built = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
if (built.status !== 0) process.exit(1);
const { status } = spawnSync(process.execPath, ['--import', 'tsx', file, ...rest], { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
