import { expect, test } from 'vitest';
import type { Columns } from './duckdb-messages.ts';
import { type EventWord, EventWords } from './event-words.ts';
import { newestRows } from './newest-rows.ts';
import { overridesOf, type PersonOverrides } from './person-overrides.ts';
import { RecentRows } from './recent-rows.ts';
import { WordTable } from './word-table.ts';
import type { WriterMemory } from './writer-memory.ts';

const scope = 'w_1/production';

/** What a writer knows of one scope with these names of events, where these persons have become person 1. */
function memoryOf(names: readonly string[], merged: readonly number[]): WriterMemory {
  const words = names.map((name): EventWord => ({ scope, scopeNumber: 0, kind: 'event', type: 'track', name }));
  const overrides = new Map<number, PersonOverrides>();
  for (const person of merged) overridesOf(overrides, 0).merge(person, 1);
  const nothing = { positions: new Map<number, number>(), waiting: 0, highest: 100, runs: { count: 0, rows: 0 } };
  return { ...nothing, scopes: new WordTable('scopes', [scope]), words: new EventWords(words), overrides, recent: new RecentRows() };
}

/** Asks for a page of person 1; `later` is what the writer knows when the first answer comes. */
async function askedWhile(later: WriterMemory) {
  const writer = { memory: memoryOf(['A'], []), moves: 0 };
  const texts: string[] = [];
  const ask = async ({ text }: { readonly text: string }): Promise<Columns> => {
    texts.push(text);
    if (texts.length === 1) Object.assign(writer, { memory: later, moves: 2 });
    return { names: [], values: texts.length === 1 ? [] : [[1], [7], [null], ['late'], ['{}']] };
  };
  return { texts, rows: await newestRows({ writer, ask }, { scope, newestOf: 1, before: 1000, limit: 5 }) };
}

test('a page that is asked for again, of all tables, is asked with the words and numbers that came in between', async () => {
  const { texts, rows } = await askedWhile(memoryOf(['A', 'B'], [4]));
  expect(texts).toHaveLength(2);
  expect(texts[0]).toMatch(/from run_rows where person = 1[^\d](?!.*person = 4)[\s\S]*word in \(0\)/);
  expect(texts[1]).toMatch(/from stored_rows where person = 1 [\s\S]*from stored_rows where person = 4\)[\s\S]*word in \(0, 1\)/);
  expect(rows.map(({ id, name, person }) => [id, name, person])).toEqual([['late', 'B', 1]]);
});

test('a person who became another in between has no rows', async () => {
  const later = memoryOf(['A'], []);
  overridesOf(later.overrides, 0).merge(1, 9);
  const { texts, rows } = await askedWhile(later);
  expect([texts.length, rows]).toEqual([1, []]);
});
