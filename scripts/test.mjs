// `npm test`: everything, with progress. Installs what the tests need and the machine lacks, where that is
// possible; elsewhere says the one command to run and what is skipped without it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkNode, installPackages } from './prepare.mjs';
import { testTools } from './test-tools.mjs';

const root = resolve(import.meta.dirname, '..');
const started = Date.now();
checkNode();
installPackages((text) => console.log(text));
if (!process.stdout.isTTY) process.env.NO_COLOR = '1';

/** Programs that tests drive: what they are for, where they may lie, and Debian's package. */
const programs = [
  {
    name: 'Chromium',
    packageName: 'chromium',
    paths: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
    skipped: 'browser and end-to-end tests',
  },
  {
    name: 'nats-server',
    packageName: 'nats-server',
    paths: ['/usr/sbin/nats-server', '/usr/bin/nats-server', '/usr/local/bin/nats-server'],
    skipped: 'tests of the distributed event log',
  },
];
const has = ({ paths }) => paths.some((path) => existsSync(path));

function installPrograms() {
  const missing = programs.filter((program) => !has(program));
  if (missing.length === 0) return;
  const names = missing.map(({ packageName }) => packageName);
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log(`Installing ${names.join(' and ')} (apt-get)`);
    const apt = (...args) =>
      spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    apt('update', '-qq');
    apt('install', '-y', '-qq', '--no-install-recommends', ...names);
  }
  for (const { name, packageName, skipped } of missing.filter((program) => !has(program))) {
    console.log(`${name} is missing, so ${skipped} are skipped. To run them: apt-get install ${packageName} (or your system's package).`);
  }
}

/** What comes from npm outside the lockfile. */
function installTools() {
  const forTests = process.env.CI !== undefined || process.getuid?.() === 0;
  for (const [name, { title, size, large }] of Object.entries(testTools)) {
    if (!large || forTests) spawnSync(node, ['scripts/install-test-tool.mjs', name], { cwd: root, stdio: 'inherit' });
    if (existsSync(join(root, '.cache', name, 'installed'))) continue;
    console.log(
      `${title} is missing, so tests of it are skipped. To run them: node scripts/install-test-tool.mjs ${name} (about ${size}).`,
    );
  }
}

const node = process.execPath;
const vitest = (project) => [node, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', project, '--reporter=default']];
const chromium = has(programs[0]) || process.getuid?.() === 0;
const steps = [
  ['check', [node, ['scripts/check.mjs']]],
  ['build', [node, ['scripts/build.mjs']]],
  ['server tests', vitest('server')],
  ['replay, 80 histories', [node, ['scripts/torture.mjs', 'replay', '--seed', '1', '--rounds', '80']]],
  ['sleepers, 4,000', [node, ['scripts/torture.mjs', 'sleepers', '--seed', '1', '--rounds', '4']]],
  ['simulation, 200 seeds', [node, ['scripts/torture.mjs', 'simulate', '--seed', '1', '--rounds', '200']]],
  [
    // ClickHouse plans a question for about 50 ms whatever it reads: all of them would take five minutes.
    'report queries, 300 histories, all on ClickHouse too, which answers each question in every fourth',
    [node, ['scripts/torture.mjs', 'queries', '--seed', '1', '--rounds', '300', '--clickhouse-every', '4']],
  ],
  [
    'rules, 500 histories, every twentieth on ClickHouse too',
    [node, ['scripts/torture.mjs', 'rules', '--seed', '1', '--rounds', '500', '--clickhouse-every', '20']],
  ],
  ['kill loop, 10 rounds', [node, ['scripts/torture.mjs', 'kill', '--seed', '1', '--rounds', '10']]],
  ...(chromium
    ? [
        ['browser tests', vitest('browser')],
        ['end to end', vitest('e2e')],
      ]
    : []),
];

installPrograms();
installTools();
const results = [];
for (const [name, [command, args]] of steps) {
  const begun = Date.now();
  console.log(`\n— ${name}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  results.push({ name, ok: status === 0, seconds: (Date.now() - begun) / 1000 });
  console.log(
    `${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s; ${((Date.now() - started) / 60_000).toFixed(1)} min in all)`,
  );
}
const failed = results.filter((result) => !result.ok);
console.log(failed.length === 0 ? '\nEverything passed.' : `\nFailed: ${failed.map(({ name }) => name).join(', ')}`);
console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
process.exit(failed.length === 0 ? 0 : 1);
