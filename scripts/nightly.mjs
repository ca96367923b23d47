// `npm run nightly`: the long sets. Every one runs, whatever the others say.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const seed = String(Math.floor(Date.now() / 86_400_000));
const sets = [
  ['simulate', ['scripts/torture.mjs', 'simulate', '--seed', seed, '--rounds', '10000']],
  ['queries', ['scripts/torture.mjs', 'queries', '--seed', seed, '--rounds', '10000', '--clickhouse-every', '10']],
  ['replay', ['scripts/torture.mjs', 'replay', '--seed', seed, '--rounds', '3000']],
  ['sleepers', ['scripts/torture.mjs', 'sleepers', '--seed', seed, '--rounds', '100']],
  ['rules', ['scripts/torture.mjs', 'rules', '--seed', seed, '--rounds', '10000', '--clickhouse-every', '4']],
  [
    'rule cases on ClickHouse',
    ['node_modules/vitest/vitest.mjs', 'run', '--project', 'server', 'clickhouse-rules'],
    { RULE_CASES_EVERY: '1' },
  ],
  ['kill', ['scripts/torture.mjs', 'kill', '--seed', seed, '--rounds', '50']],
];

const failed = [];
for (const [name, args, settings = {}] of sets) {
  console.log(`— ${name}, seed ${seed}`);
  if (spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...settings } }).status !== 0)
    failed.push(name);
}
console.log(failed.length === 0 ? 'Every long set passed.' : `Failed: ${failed.join(', ')} (seed ${seed})`);
process.exit(failed.length === 0 ? 0 : 1);
