// `npm run check`: what every commit must pass. Types (four programs), lint, boundaries and cycles, pure tests.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { checkNode, installPackages } from './prepare.mjs';

const root = resolve(import.meta.dirname, '..');
checkNode();
installPackages((text) => console.log(text));
// Colours are for people who watch.
if (!process.stdout.isTTY) process.env.NO_COLOR = '1';

const steps = [
  ['boundaries', ['scripts/boundaries.mjs']],
  ['types: pure', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.pure.json']],
  ['types: server', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.server.json']],
  ['types: browser', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.browser.json']],
  ['types: browser tests', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.browser-tests.json']],
  [
    'lint',
    [
      'node_modules/@biomejs/biome/bin/biome',
      'ci',
      '--error-on-warnings',
      '--diagnostic-level=warn',
      ...(process.stdout.isTTY ? [] : ['--colors=off']),
      '.',
    ],
  ],
  ['pure tests', ['node_modules/vitest/vitest.mjs', 'run', '--project', 'pure', '--reporter=default']],
];

let failed = false;
for (const [name, args] of steps) {
  const started = Date.now();
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
