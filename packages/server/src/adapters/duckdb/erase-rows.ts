import { type DuckDBConnection, listValue } from '@duckdb/node-api';

/**
 * Removes what was written under the numbers, in the transaction that is open: the rows, and the days on which
 * somebody did something.
 */
export async function eraseRows(
  writer: DuckDBConnection,
  { scope, written }: { scope: string; written: readonly number[] },
): Promise<void> {
  if (written.length === 0) return;
  const values = [scope, listValue(written.map(BigInt))];
  const theirs = 'person in (select unnest($2::bigint[]))';
  for (const table of ['recent_rows', 'run_rows', 'sorted_rows', 'sorted_word_days']) {
    await writer.run(`delete from ${table} where word in (select id from words where scope_name = $1) and ${theirs}`, values);
  }
  await writer.run(`delete from sorted_kind_days where scope in (select id from scopes where name = $1) and ${theirs}`, values);
}
