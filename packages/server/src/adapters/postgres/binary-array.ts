import type { Json } from '@gangway/product/kernel/json.ts';
import { type ColumnType, digestIn, type StoredForm } from '@gangway/product/ports/db/db.ts';
import { JsonText } from '@gangway/product/ports/db/json-text.ts';

/** How the elements of one column look in PostgreSQL's binary format. */
interface Coder {
  /** The array's type in a statement. */
  readonly array: string;
  /** Object id of the element's type; fixed in every PostgreSQL. */
  readonly oid: number;
  size(value: unknown): number;
  /** Writes at `offset`; gives the offset after it. */
  write(buffer: Buffer, value: unknown, offset: number): number;
}

const wholeNumber: Coder = {
  array: 'bigint[]',
  oid: 20,
  size: () => 8,
  write: (buffer, value, offset) => writeInteger(buffer, value, offset),
};

/** PostgreSQL counts microseconds since the year 2000. */
const epoch = Date.UTC(2000, 0, 1);

const coders: Record<ColumnType, Coder> = {
  text: { array: 'text[]', oid: 25, size: (value) => Buffer.byteLength(value as string), write: writeText },
  integer: wholeNumber,
  number: {
    array: 'double precision[]',
    oid: 701,
    size: () => 8,
    write: (buffer, value, offset) => buffer.writeDoubleBE(value as number, offset),
  },
  boolean: { array: 'boolean[]', oid: 16, size: () => 1, write: (buffer, value, offset) => buffer.writeUInt8(value ? 1 : 0, offset) },
  json: { array: 'json[]', oid: 114, size: (value) => Buffer.byteLength(value as string), write: writeText },
  instant: {
    array: 'timestamptz[]',
    oid: 1184,
    size: () => 8,
    write: (buffer, value, offset) => writeInteger(buffer, (wholeNumberIn(value) - epoch) * 1000, offset),
  },
  digest: {
    array: 'uuid[]',
    oid: 2950,
    size: () => 16,
    write: (buffer, value, offset) => offset + buffer.write(digestIn(value), offset, 'hex'),
  },
};

/** The type of a list of a column's values, as a statement names it. */
export function arrayType(type: ColumnType): string {
  return coders[type].array;
}

/**
 * A list of a column's values as the driver sends it untouched: neither side quotes, escapes or parses text. JSON
 * goes in as values; null is null, also in a JSON column, where it is the JSON null as everywhere in this adapter.
 * Throws a `RangeError` for what a column of whole numbers or digests cannot hold.
 */
export function binaryArray(type: ColumnType, column: readonly unknown[]): Buffer {
  const coder = coders[type];
  const values = type === 'json' ? column.map((value) => JSON.stringify(value)) : column;
  let [bytes, nulls] = [headBytes, 0];
  const sizes = values.map((value) => {
    if (value !== null && value !== undefined) return coder.size(value);
    nulls = 1;
    return -1;
  });
  for (const size of sizes) bytes += 4 + Math.max(0, size);
  const buffer = Buffer.allocUnsafe(bytes);
  let offset = writeHead(buffer, { nulls, oid: coder.oid, length: values.length });
  for (let index = 0; index < values.length; index++) {
    const size = sizes[index] ?? -1;
    offset = buffer.writeInt32BE(size, offset);
    if (size >= 0) offset = coder.write(buffer, values[index], offset);
  }
  return buffer;
}

/** Taken again by every list: it has grown as far as it has to. */
const text = new JsonText();

/** The same for values of a JSON column that has a form. */
export function binaryDocuments(form: StoredForm, column: readonly Json[]): Buffer {
  text.clear();
  const ends = column.map((value) => {
    form.write(value, text);
    return text.length;
  });
  const buffer = Buffer.allocUnsafe(headBytes + 4 * ends.length + text.length);
  let offset = writeHead(buffer, { nulls: 0, oid: coders.json.oid, length: ends.length });
  let begin = 0;
  for (const end of ends) {
    offset = buffer.writeInt32BE(end - begin, offset);
    buffer.set(text.between(begin, end), offset);
    offset += end - begin;
    begin = end;
  }
  return buffer;
}

const headBytes = 20;

/** One dimension, from 1. Gives the offset of the first element. */
function writeHead(buffer: Buffer, { nulls, oid, length }: { nulls: number; oid: number; length: number }): number {
  let offset = 0;
  for (const head of [1, nulls, oid, length, 1]) offset = buffer.writeInt32BE(head, offset);
  return offset;
}

function writeText(buffer: Buffer, value: unknown, offset: number): number {
  return offset + buffer.write(value as string, offset);
}

/** Split in halves while a double is exact; a BigInt for each value would cost more than all the rest. */
function writeInteger(buffer: Buffer, value: unknown, offset: number): number {
  const number = wholeNumberIn(value);
  if (!Number.isSafeInteger(number)) return buffer.writeBigInt64BE(BigInt(number), offset);
  buffer.writeInt32BE(Math.floor(number / 2 ** 32), offset);
  return buffer.writeUInt32BE(number >>> 0, offset + 4);
}

function wholeNumberIn(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw new RangeError(`${String(value)} is not a whole number`);
}
