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
process.exit(spawnSync(process.execPath, [await bundle(), ...rest], { cwd: root, stdio: 'inherit' }).status ?? 1);

/** Built as the server is: what runs from source names every function that it makes, which is a sixth of the time of applying. */
async function bundle() {
  if (file.endsWith('.mjs')) return file;
  const { buildServer } = await import('./build.mjs');
  const outdir = join(root, '.cache', 'bench');
  await buildServer(outdir, { [name]: file });
  return join(outdir, `${name}.mjs`);
}
