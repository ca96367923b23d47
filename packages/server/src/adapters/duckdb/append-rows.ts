import { BIGINT, type DuckDBAppender, DuckDBDataChunk, INTEGER, VARCHAR } from '@duckdb/node-api';
import duckdb, { type Vector } from '@duckdb/node-bindings';
import { noAccount, type PackedRows } from './packed-rows.ts';

/** Of `recent_rows`: word, order key, person, account, id, properties. */
const types = [INTEGER, BIGINT, INTEGER, VARCHAR, VARCHAR, VARCHAR];
const chunkRows = duckdb.vector_size();
const noProperties = '{}';
const [empty, bare] = [filledWith(''), filledWith(noProperties)];

/**
 * Appends rows a chunk at a time: numbers in one copy a column, and a call only for each id and for what most rows do
 * not have, an account and properties. A call for each value is most of what a row costs in this thread. The copies
 * are those of `@duckdb/node-bindings`, under the package that we use for all the rest.
 */
export function appendRows(appender: DuckDBAppender, rows: PackedRows): void {
  let at = 0;
  const nextText = (length: number) => {
    const from = at;
    at += length + 1;
    return rows.text.slice(from, from + length);
  };
  for (let from = 0; from < rows.keys.length; from += chunkRows) {
    appender.appendDataChunk(chunkOf(rows, { from, count: Math.min(chunkRows, rows.keys.length - from) }, nextText));
  }
}

interface Part {
  readonly from: number;
  readonly count: number;
}

/** @param nextText gives the texts of the rows, one after the other */
function chunkOf(rows: PackedRows, { from, count }: Part, nextText: (length: number) => string): DuckDBDataChunk {
  const chunk = DuckDBDataChunk.create(types, count);
  const vector = (column: number) => duckdb.data_chunk_get_vector(chunk.chunk, column);
  const [accounts, ids, properties] = [vector(3), vector(4), vector(5)];
  copy(rows.words.subarray(from, from + count), vector(0));
  copy(wholeNumbers(rows.keys.subarray(from, from + count)), vector(1));
  copy(rows.persons.subarray(from, from + count), vector(2));
  copy(empty, accounts);
  copy(bare, properties);
  const known = new Uint8Array(chunkRows / 8);
  for (let row = 0; row < count; row++) {
    const length = rows.accounts[from + row] ?? noAccount;
    const account = nextText(Math.max(length, 0));
    if (length !== noAccount) {
      known[row >> 3] = (known[row >> 3] ?? 0) | (1 << (row & 7));
      duckdb.vector_assign_string_element(accounts, row, account);
    }
    duckdb.vector_assign_string_element(ids, row, nextText(rows.ids[from + row] ?? 0));
    const text = nextText(rows.properties[from + row] ?? 0);
    if (text !== noProperties) duckdb.vector_assign_string_element(properties, row, text);
  }
  duckdb.vector_ensure_validity_writable(accounts);
  duckdb.copy_data_to_vector_validity(accounts, 0, known.buffer, 0, known.byteLength);
  return chunk;
}

function copy({ buffer, byteOffset, byteLength }: Int32Array | BigInt64Array | Uint8Array, vector: Vector): void {
  duckdb.copy_data_to_vector(vector, 0, buffer as ArrayBuffer, byteOffset, byteLength);
}

/** `BigInt64Array.from` takes four times as long. */
function wholeNumbers(keys: Float64Array): BigInt64Array {
  const numbers = new BigInt64Array(keys.length);
  for (let row = 0; row < keys.length; row++) numbers[row] = BigInt(keys[row] ?? 0);
  return numbers;
}

/** A whole vector of one text of at most twelve characters, as `duckdb_string_t` has them: a length in 32 bits, then the text. */
function filledWith(text: string): Uint8Array {
  const bytes = Buffer.alloc(chunkRows * 16);
  for (let at = 0; at < bytes.length; at += 16) bytes.write(text, bytes.writeUInt32LE(text.length, at));
  return bytes;
}
