import { BIGINT, DOUBLE, type DuckDBConnection, type DuckDBType, type DuckDBValue, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import type { Statement } from '@gangway/product/ports/warehouse/warehouse.ts';
import type { Columns } from './duckdb-messages.ts';
import { forgetSubjects, giveSubjects } from './give-subjects.ts';
import { readColumns } from './read-columns.ts';

/** One answer of the engine, for a statement and what it brings along. */
export async function runStatement(reader: DuckDBConnection, statement: Statement): Promise<Columns> {
  if (statement.given) await giveSubjects(reader, statement.given);
  try {
    return await answer(reader, statement);
  } finally {
    if (statement.given) await forgetSubjects(reader);
  }
}

async function answer(reader: DuckDBConnection, statement: Statement): Promise<Columns> {
  return readColumns(await reader.run(statement.text, statement.values.map(parameter), statement.values.map(typeOf)));
}

/** Whole numbers go as BIGINT: compared as doubles they would keep DuckDB from skipping blocks. */
function parameter(value: Statement['values'][number]): DuckDBValue {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  return typeof value === 'string' ? value : listValue(value.map(BigInt));
}

/** Said, because an empty list does not tell it. */
function typeOf(value: Statement['values'][number]): DuckDBType {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BIGINT : DOUBLE;
  return typeof value === 'string' ? VARCHAR : LIST(BIGINT);
}
