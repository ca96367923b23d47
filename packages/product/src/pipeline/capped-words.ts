import type { Scope } from '../kernel/scope.ts';
import { rowKey, type Tx } from '../ports/db/db.ts';
import { scopeColumns } from './registry.ts';
import type { CappedWord } from './variety.ts';
import { type CappedWordRow, cappedWords } from './variety-tables.ts';

/** Words that are listed by themselves; the others of a kind are counted together, or the list would be the flood. */
export const listedWords = 200;

/** Counts what was too many. The caller holds the lock `variety:…` of the environment. */
export async function noteCapped(tx: Tx, scope: Scope, input: { words: readonly CappedWord[]; now: number }): Promise<void> {
  if (input.words.length === 0) return;
  const columns = scopeColumns(scope);
  const listed = await tx.list(cappedWords, { where: columns, limit: listedWords + 10 });
  const rows = new Map(listed.map((row) => [rowKey(cappedWords, row), row]));
  const changed = new Map<string, CappedWordRow>();
  let room = listedWords - listed.filter(({ word }) => word !== '').length;
  for (const word of input.words) {
    const own = { ...columns, ...word, firstAt: input.now, lastAt: input.now };
    const known = rows.has(rowKey(cappedWords, own));
    const row = known || word.word === '' || room > 0 ? own : { ...own, of: '', word: '' };
    if (!known && row.word !== '') room--;
    const key = rowKey(cappedWords, row);
    const before = rows.get(key);
    const after = before ? { ...before, count: before.count + word.count, lastAt: input.now } : row;
    rows.set(key, after);
    changed.set(key, after);
  }
  await tx.put(cappedWords, [...changed.values()]);
}
