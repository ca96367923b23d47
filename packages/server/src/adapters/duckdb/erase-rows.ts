import { type DuckDBConnection, listValue } from '@duckdb/node-api';

/** Removes what is found under persons, in the transaction that is open: their rows, and the days on which they did something. */
export async function eraseRows(writer: DuckDBConnection, { scope, people }: { scope: string; people: readonly number[] }): Promise<void> {
  if (people.length === 0) return;
  const values = [scope, listValue(people.map(BigInt))];
  const asked = '(select unnest($2::bigint[]))';
  // Numbers under which their rows were written: a number that has become somebody else's is not theirs any more.
  const theirs = `(person in (select person from moved where scope = $1 and became in ${asked})
    or (person in ${asked} and person not in (select person from moved where scope = $1)))`;
  for (const table of ['recent_rows', 'sorted_rows', 'sorted_word_days']) {
    await writer.run(`delete from ${table} where word in (select id from words where scope_name = $1) and ${theirs}`, values);
  }
  await writer.run(`delete from sorted_kind_days where scope in (select id from scopes where name = $1) and ${theirs}`, values);
}
