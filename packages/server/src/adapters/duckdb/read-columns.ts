import { type DuckDBDataChunk, type DuckDBResult, DuckDBTypeId } from '@duckdb/node-api';
import type { Columns } from './duckdb-messages.ts';

const numeric: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.DOUBLE,
]);

/** All rows of a result. Order keys and counts stay below 2^53, so a number holds them. */
export async function readColumns(result: DuckDBResult): Promise<Columns> {
  const chunks = await result.fetchAllChunks();
  return {
    names: result.columnNames(),
    values: result.columnNames().map((_, column) => {
      const numbers = numeric.has(result.columnTypeId(column)) ? readNumbers(chunks, column) : undefined;
      return numbers ?? readValues(chunks, column);
    }),
  };
}

/** Undefined when one is null. */
function readNumbers(chunks: readonly DuckDBDataChunk[], column: number): Float64Array | undefined {
  const numbers = new Float64Array(chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0));
  let row = 0;
  for (const chunk of chunks) {
    const vector = chunk.getColumnVector(column);
    for (let item = 0; item < vector.itemCount; item++) {
      const value: unknown = vector.getItem(item);
      if (value === null) return undefined;
      numbers[row++] = Number(value);
    }
  }
  return numbers;
}

function readValues(chunks: readonly DuckDBDataChunk[], column: number): unknown[] {
  const values: unknown[] = [];
  for (const chunk of chunks) {
    const vector = chunk.getColumnVector(column);
    for (let item = 0; item < vector.itemCount; item++) {
      const value: unknown = vector.getItem(item);
      values.push(typeof value === 'bigint' ? Number(value) : value);
    }
  }
  return values;
}
