import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allTables } from './tables.ts';

/** The rows of the table in “Where the data lies”, as lists of the names in each column. */
function namesOnThePage(): { source: string[]; derived: string[] } {
  const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'ARCHITECTURE.md'), 'utf8');
  const section = page.split('\n## ').find((each) => each.startsWith('Where the data lies')) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  const column = (index: number) =>
    rows.flatMap((row) => [...(row.split('|')[index] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name));
  return { source: column(1), derived: column(2) };
}

test('ARCHITECTURE.md names every table once, and says truly which are derived', () => {
  const declared = (kind: 'source' | 'derived') => allTables.filter((table) => table.kind === kind).map(({ name }) => name);
  const { source, derived } = namesOnThePage();
  // The log is behind a port of its own, so it is not declared.
  expect(source.sort()).toEqual(['event_log', ...declared('source')].sort());
  expect(derived.sort()).toEqual(declared('derived').sort());
});
