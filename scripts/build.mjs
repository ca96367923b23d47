// Builds what the server serves and the server itself, each only when its sources have changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export const root = resolve(import.meta.dirname, '..');
const stampFile = join(root, '.cache', 'build.json');

const product = 'packages/product/src';
const parts = [
  {
    name: 'browser SDK',
    inputs: [product, 'packages/sdk/src', 'scripts/build-sdk.mjs'],
    output: 'packages/sdk/dist/manifest.json',
    run: buildSdk,
  },
  { name: 'dashboard and portal', inputs: [product, 'packages/web'], output: 'packages/web/dist/dashboard/index.html', run: buildWeb },
  {
    name: 'server',
    inputs: [product, 'packages/server/src', 'scripts/build.mjs'],
    output: 'packages/server/dist/main.mjs',
    run: () => buildServer(),
  },
];

async function buildSdk() {
  const sdk = await import('./build-sdk.mjs');
  await sdk.buildSdk();
}

async function buildWeb() {
  const { build } = await import('vite');
  const folder = join(root, 'packages/web');
  await build({ root: folder, configFile: join(folder, 'vite.config.ts'), logLevel: 'warn' });
}

/**
 * One file a thread; packages stay in node_modules, because some carry binaries.
 *
 * @param outdir must lie inside the checkout, so that packages are found from there
 * @param main what runs in the main thread, by the name of its file
 */
export async function buildServer(
  outdir = join(root, 'packages/server/dist'),
  main = { main: join(root, 'packages/server/src/cli/main.ts') },
) {
  const { build } = await import('esbuild');
  const manifests = ['.', 'packages/server', 'packages/product'].map((path) =>
    JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')),
  );
  const external = manifests
    .flatMap((manifest) => Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }))
    .filter((name) => !name.startsWith('@gangway/'));
  const source = join(root, 'packages/server/src');
  await build({
    entryPoints: {
      ...main,
      'duckdb-worker': join(source, 'adapters/duckdb/duckdb-worker.ts'),
      'apply-worker': join(source, 'worker/apply-worker.ts'),
      'backtest-worker': join(source, 'backtests/backtest-worker.ts'),
    },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    external,
    logLevel: 'warning',
  });
}

/** A text that changes when a source does: names, sizes and times, not contents, so that it costs milliseconds. */
function fingerprint(inputs) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => listFiles(join(root, input)))) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(root, file)} ${size} ${mtimeMs}\n`);
  }
  return hash.update(process.version).digest('hex');
}

function listFiles(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !['node_modules', 'dist', 'browser', 'testing'].includes(entry.name) && !entry.name.includes('.test.'))
    .flatMap((entry) => listFiles(join(path, entry.name)));
}

function readStamps() {
  return existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {};
}

/** The parts whose sources have changed since they were built. */
export function findStale() {
  const stamps = readStamps();
  return parts
    .map((part) => ({ ...part, print: fingerprint(part.inputs) }))
    .filter((part) => stamps[part.name] !== part.print || !existsSync(join(root, part.output)));
}

/** Builds the stale parts. `progress` is told of each before it starts. */
async function buildStale(progress) {
  const stamps = readStamps();
  for (const { print, ...part } of findStale()) {
    progress(`Building the ${part.name}`);
    await part.run();
    stamps[part.name] = print;
    mkdirSync(join(root, '.cache'), { recursive: true });
    writeFileSync(stampFile, JSON.stringify(stamps, null, 2));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const started = Date.now();
  await buildStale((text) => console.error(`${text} …`));
  console.error(`built in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
