// Who may import whom, by path. Prints one sentence an offence, with what to do instead, and fails.
// Also: no import cycles, no file over 400 lines.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const sources = ['packages', 'examples', 'bench', 'e2e'].flatMap((folder) => walk(join(root, folder)));
const product = 'packages/product/src/';

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist'].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walk(path);
    return /\.(ts|tsx|mts|mjs)$/.test(entry.name) ? [relative(root, path)] : [];
  });
}

/** The place of a file: which rule is for it. */
function place(file) {
  if (!file.startsWith(product)) return { shell: file.split('/').slice(0, 2).join('/') };
  const [layer, slice, part] = file.slice(product.length).split('/');
  if (layer !== 'features') return { layer };
  const side = ['server', 'sdk', 'web'].includes(part) ? part : 'root';
  return { layer, slice, side, name: file.split('/').at(-1) };
}

const layers = {
  kernel: ['kernel', 'rules'],
  rules: ['kernel', 'rules'],
  wire: ['kernel', 'rules', 'wire'],
  page: ['kernel', 'rules', 'page'],
  ports: ['kernel', 'ports'],
  pipeline: ['kernel', 'rules', 'ports', 'pipeline'],
};
const rootMay = ['kernel', 'rules', 'wire'];
const sideMay = { server: [...rootMay, 'ports', 'pipeline'], sdk: ['kernel', 'rules', 'page'], web: rootMay };

const kit = 'packages/web/kit/';

/** Screens draw with one kit: a slice's web side may import it, and so the kit may know only the base and the slices' contract types. */
function kitOffence(from, to, target) {
  if (from.shell) {
    const fine = target.startsWith(kit) || rootMay.includes(to.layer) || to.name === 'contract.ts';
    return fine ? undefined : 'the kit knows kernel, rules, wire and the types of contracts: pass what you need as a property';
  }
  return from.side === 'web' ? undefined : "only a slice's web side draws with the kit";
}

/** Undefined when the import is fine, otherwise what is wrong and what to do instead. */
function offence({ from, to, file, target, typeOnly }) {
  if (/\.test\.tsx?$/.test(file) || file.includes('/testing/')) return undefined;
  const browser = from.shell === 'packages/web' || from.side === 'web';
  if (browser && !typeOnly && (to.layer === 'wire' || to.name === 'contract.ts')) {
    return 'schemas stay on the server: a screen takes their types with `import type`';
  }
  if (file.startsWith(kit) || (target.startsWith(kit) && !from.shell)) return kitOffence(from, to, target);
  if (from.shell) {
    if (to.layer && from.shell.startsWith('examples'))
      return 'an example is a customer: it uses @gangway/sdk and the wire, nothing of the product';
    if (target.includes('/server/src/adapters/') && !/\/(presets|adapters)\//.test(file) && from.shell === 'packages/server') {
      return 'only presets import adapters: take the port as a parameter instead';
    }
    return undefined;
  }
  if (to.shell) return 'the product knows no shell: pass what you need as a parameter';
  if (from.layer !== 'features') {
    if (layers[from.layer]?.includes(to.layer)) return undefined;
    return `${from.layer} may import ${layers[from.layer]?.join(', ')}: take it as a parameter, or register it from the slice`;
  }
  if (to.layer !== 'features') {
    const may = from.side === 'root' ? rootMay : sideMay[from.side];
    return may.includes(to.layer) ? undefined : `a slice's ${from.side} may import ${may.join(', ')}`;
  }
  if (from.slice === to.slice) {
    if (to.side === 'root' || to.side === from.side) return undefined;
    // A preview is drawn by the very code that draws on the page: a slice's web side may import its own surface.
    if (from.side === 'web' && to.side === 'sdk') return undefined;
    return `a slice's ${from.side} may not import its ${to.side}: move what both need to the slice's root`;
  }
  if (to.name === 'index.ts' && to.side === 'root') return undefined;
  if (from.side === 'server' && to.name === 'reader.ts') return undefined;
  return `slice ${to.slice} is another house: react to its event, use its index.ts, or (server) its reader.ts`;
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g;
const known = new Set(sources);
const complaints = [];
const edges = new Map();

for (const file of sources) {
  const text = readFileSync(join(root, file), 'utf8');
  const lines = text.split('\n').length;
  if (lines > 401) complaints.push(`${file}: ${lines} lines. One idea a file, at most 400: split it.`);
  edges.set(file, []);
  for (const match of text.matchAll(importPattern)) {
    const specifier = match[1] ?? match[2] ?? match[3];
    const target = resolveImport(file, specifier);
    if (!target || !known.has(target)) continue;
    const typeOnly = /^\s*(import|export)\s+type\b/.test(match[0].trimStart());
    if (!typeOnly) edges.get(file).push(target);
    const wrong = offence({ from: place(file), to: place(target), file, target, typeOnly });
    if (wrong) complaints.push(`${file} imports ${target}: ${wrong}.`);
  }
}

function resolveImport(file, specifier) {
  if (specifier.startsWith('@gangway/product/')) return product + specifier.slice('@gangway/product/'.length);
  if (specifier.startsWith('@gangway/web/')) return specifier.slice('@gangway/'.length).replace(/^web/, 'packages/web');
  if (!specifier.startsWith('.')) return undefined;
  const path = relative(root, resolve(root, dirname(file), specifier.split('?')[0]));
  return statSync(join(root, path), { throwIfNoEntry: false })?.isFile() ? path : undefined;
}

/** Depth-first search; the first edge back into the open path closes a cycle. */
function findCycles() {
  const done = new Set();
  const path = [];
  const visit = (file) => {
    const open = path.indexOf(file);
    if (open >= 0) complaints.push(`import cycle: ${[...path.slice(open), file].join(' → ')}. Move what both need to a third file.`);
    if (open >= 0 || done.has(file)) return;
    path.push(file);
    for (const next of edges.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  };
  for (const file of sources) visit(file);
}

findCycles();
if (complaints.length > 0) {
  console.error(complaints.join('\n'));
  process.exit(1);
}
console.log(`boundaries: ${sources.length} files, no offence, no cycle`);
