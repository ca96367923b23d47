// Who may import whom, by path. Prints one sentence an offence, with what to do instead, and fails.
// Also: no import cycles, no file over 400 lines.
import { findCycles, readSources } from './read-imports.mjs';

const product = 'packages/product/src/';

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

const sources = readSources(['packages', 'examples', 'bench', 'e2e']);
const complaints = sources.flatMap(({ file, lines, imports }) => [
  ...(lines > 401 ? [`${file}: ${lines} lines. One idea a file, at most 400: split it.`] : []),
  ...imports.flatMap(({ target, typeOnly }) => {
    const wrong = offence({ from: place(file), to: place(target), file, target, typeOnly });
    return wrong ? [`${file} imports ${target}: ${wrong}.`] : [];
  }),
]);
complaints.push(...findCycles(sources).map((cycle) => `import cycle: ${cycle.join(' → ')}. Move what both need to a third file.`));

if (complaints.length > 0) {
  console.error(complaints.join('\n'));
  process.exit(1);
}
console.log(`boundaries: ${sources.length} files, no offence, no cycle`);
