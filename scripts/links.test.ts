import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

const foreign = new Set(['node_modules', 'dist', 'data', 'coverage', 'test-results']);

/** Every text of ours, wherever it lies; packages, builds and hidden folders are left out. */
function listTexts(folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (foreign.has(entry.name) || entry.name.startsWith('.')) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listTexts(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** Code is no prose: what looks like a link there is an example. */
function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
}

function relativeLinks(text: string): string[] {
  const targets = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  return targets.filter((target) => !/^[a-z][a-z+.-]*:/i.test(target));
}

/** The anchors of a text, as renderers make them from headings. */
function anchors(text: string): Set<string> {
  const headings = [...text.matchAll(/^#{1,6}\s+(.+)$/gm)].map((match) => match[1] ?? '');
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );
}

/** What is wrong with a link, or undefined. */
function complaint(file: string, target: string): string | undefined {
  const [path = '', anchor] = target.split('#', 2);
  const place = path === '' ? join(root, file) : resolve(root, dirname(file), decodeURIComponent(path));
  if (!existsSync(place)) return `${file}: ${target} is not there`;
  if (anchor === undefined || !place.endsWith('.md')) return undefined;
  return anchors(readFileSync(place, 'utf8')).has(anchor) ? undefined : `${file}: ${target} has no such heading`;
}

it('leads every relative link of every text to something that is there', () => {
  const texts = listTexts();
  expect(texts.length).toBeGreaterThan(3);
  const wrong = texts.flatMap((file) =>
    relativeLinks(readFileSync(join(root, file), 'utf8')).flatMap((target) => complaint(file, target) ?? []),
  );
  expect(wrong).toEqual([]);
});
