// The sources of the checkout and who imports whom, read as text: no compiler is needed to check edges.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist'].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walk(path);
    return /\.(ts|tsx|mts|mjs)$/.test(entry.name) ? [relative(root, path)] : [];
  });
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g;
function resolveImport(file, specifier) {
  if (specifier.startsWith('@gangway/product/')) return specifier.replace('@gangway/product/', 'packages/product/src/');
  if (specifier.startsWith('@gangway/server/')) return specifier.replace('@gangway/server/', 'packages/server/src/');
  if (specifier.startsWith('@gangway/web/')) return specifier.replace('@gangway/web/', 'packages/web/');
  if (!specifier.startsWith('.')) return undefined;
  const path = relative(root, resolve(root, dirname(file), specifier.split('?')[0]));
  return statSync(join(root, path), { throwIfNoEntry: false })?.isFile() ? path : undefined;
}

/** Every source file with its number of lines and its imports of other sources: `{ file, lines, imports: { target, typeOnly }[] }`. */
export function readSources(folders) {
  const files = folders.flatMap((folder) => walk(join(root, folder)));
  const known = new Set(files);
  return files.map((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const imports = [...text.matchAll(importPattern)].flatMap((match) => {
      const target = resolveImport(file, match[1] ?? match[2] ?? match[3]);
      return target && known.has(target) ? [{ target, typeOnly: /^(import|export)\s+type\b/.test(match[0].trimStart()) }] : [];
    });
    return { file, lines: text.split('\n').length, imports };
  });
}

/** Depth-first search: each edge back into the open path closes a cycle, given as the files of it in order. Imports of types alone are none. */
export function findCycles(sources) {
  const edges = new Map(
    sources.map(({ file, imports }) => [file, imports.filter(({ typeOnly }) => !typeOnly).map(({ target }) => target)]),
  );
  const [done, path, cycles] = [new Set(), [], []];
  const visit = (file) => {
    const open = path.indexOf(file);
    if (open >= 0) cycles.push([...path.slice(open), file]);
    if (open >= 0 || done.has(file)) return;
    path.push(file);
    for (const next of edges.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  };
  for (const { file } of sources) visit(file);
  return cycles;
}
