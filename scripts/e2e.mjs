// `npm run e2e`: the journeys through the whole product, in a real browser, from the built server.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { checkNode, installPackages } from './prepare.mjs';

const root = resolve(import.meta.dirname, '..');
checkNode();
installPackages((text) => console.log(text));
const run = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
const built = run('scripts/build.mjs');
process.exit(built !== 0 ? built : run(join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', 'e2e', ...process.argv.slice(2)));
