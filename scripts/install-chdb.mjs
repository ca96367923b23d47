// `node scripts/install-chdb.mjs`: the ClickHouse engine (npm chdb, about 540 MB) for tests of the distributed
// warehouse. It lies in `.cache/chdb`, outside the project's packages: no part of the product needs it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const version = '3.4.0';
const folder = join(resolve(import.meta.dirname, '..'), '.cache', 'chdb');

if (existsSync(join(folder, 'installed'))) {
  console.log(`chdb ${version} is installed in ${folder}`);
  process.exit(0);
}
console.log(`Installing chdb ${version} into ${folder} (about 540 MB)`);
mkdirSync(folder, { recursive: true });
// A package of its own, or npm would take the folder for a part of the workspace around it.
writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'gangway-chdb', private: true, dependencies: { chdb: version } }));
const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '--workspaces=false'], {
  cwd: folder,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (status !== 0) {
  console.error('chdb could not be installed. The lines above say why; the tests that need it are skipped.');
  process.exit(1);
}
writeFileSync(join(folder, 'installed'), version);
