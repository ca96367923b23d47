// `npm run torture -- NAME --seed S --rounds N`: long, hostile runs. The last line is JSON.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
// The kill loop runs the built server.
if (process.argv[2] === 'kill') spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root, stdio: 'inherit' });
const { status } = spawnSync(process.execPath, ['--import', 'tsx', join(root, 'e2e/torture/run.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
