import type { DuckDBConnection } from '@duckdb/node-api';
import type { Given } from '@gangway/product/ports/warehouse/warehouse.ts';

/** Puts what a question brings along into a table that this connection alone sees. */
export async function giveSubjects(reader: DuckDBConnection, { persons, facts }: Given): Promise<void> {
  await reader.run('create or replace temp table given (person bigint, facts varchar)');
  const appender = await reader.createAppender('given', 'main', 'temp');
  try {
    for (const [index, person] of persons.entries()) {
      appender.appendBigInt(BigInt(person));
      appender.appendVarchar(facts[index] ?? '{}');
      appender.endRow();
    }
  } finally {
    appender.closeSync();
  }
}

/** Frees the memory of {@link giveSubjects}. */
export async function forgetSubjects(reader: DuckDBConnection): Promise<void> {
  await reader.run('drop table if exists temp.given');
}
