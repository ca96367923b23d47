// Builds the browser SDK: the shell (one classic script), one module a surface, and the npm entry.
// `node scripts/build-sdk.mjs` writes packages/sdk/dist; tests call `buildSdk` and get the sizes.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const product = join(root, 'packages/product/src');
const sdk = join(root, 'packages/sdk');

/** Surface name → the module that the shell imports. */
export const surfaces = {
  tour: join(product, 'features/guides/sdk/tour.ts'),
  checklist: join(product, 'features/checklists/sdk/checklist-surface.ts'),
};

/** `import css from './x.css?inline'` gives the minified text, as Vite does. */
const inlineCss = {
  name: 'inline-css',
  setup(context) {
    context.onResolve({ filter: /\.css\?inline$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.slice(0, -'?inline'.length)),
      namespace: 'inline-css',
    }));
    context.onLoad({ filter: /.*/, namespace: 'inline-css' }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true });
      return { contents: code.trim(), loader: 'text', watchFiles: [path] };
    });
  },
};

async function bundle(entry, format) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format,
    minify: true,
    target: 'es2022',
    platform: 'browser',
    charset: 'utf8',
    legalComments: 'none',
    write: false,
    plugins: [inlineCss],
    logLevel: 'silent',
  });
  return outputFiles[0].text;
}

/** Builds everything into `outdir` and gives each file's text: `shell`, `index` and one entry a surface. */
export async function buildSdk({ outdir = join(sdk, 'dist') } = {}) {
  const shell = await bundle(join(sdk, 'src/shell.ts'), 'iife');
  const index = await bundle(join(sdk, 'src/index.ts'), 'esm');
  const files = { 'shell.js': shell, 'index.js': index };
  const manifest = { shell: 'shell.js', surfaces: {} };
  const parts = { shell, index };
  for (const [name, entry] of Object.entries(surfaces)) {
    const text = await bundle(entry, 'esm');
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
    manifest.surfaces[name] = `chunks/${name}-${hash}.js`;
    files[manifest.surfaces[name]] = text;
    parts[name] = text;
  }
  files['manifest.json'] = `${JSON.stringify(manifest, null, 2)}\n`;
  await rm(outdir, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(outdir, path)), { recursive: true });
    await writeFile(join(outdir, path), text);
  }
  return { outdir, manifest, parts };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { manifest } = await buildSdk();
  console.log(`sdk: ${manifest.shell}, ${Object.values(manifest.surfaces).join(', ')}`);
}
