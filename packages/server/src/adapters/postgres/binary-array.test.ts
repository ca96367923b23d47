import type { Json } from '@gangway/product/kernel/json.ts';
import type { JsonText } from '@gangway/product/ports/db/json-text.ts';
import { array, assert, asyncProperty, boolean, double, integer, jsonValue, maxSafeInteger, option, string } from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { arrayType, binaryArray, binaryDocuments } from './binary-array.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function there<Value>(type: Parameters<typeof arrayType>[0], values: readonly unknown[], read = 'v'): Promise<Value[]> {
  const { rows } = await database.pool.query(`select ${read} as v from unnest($1::${arrayType(type)}) with ordinality u(v, i) order by i`, [
    binaryArray(type, values),
  ]);
  return rows.map((row: { v: Value }) => row.v);
}

describe('a list in binary form', () => {
  const text = string({ unit: 'grapheme' }).map((value) => value.replaceAll('\u0000', ''));
  const arbitraries = [
    ['text', array(option(text))],
    ['integer', array(option(maxSafeInteger()))],
    ['number', array(option(double({ noNaN: true })))],
    ['boolean', array(option(boolean()))],
    ['json', array(jsonValue().map((value) => JSON.parse(JSON.stringify(value).replaceAll('\\u0000', ''))))],
  ] as const;
  test.each(arbitraries)('%s arrives as it was', async (type, values) => {
    await assert(
      asyncProperty(values, async (list) => {
        expect(await there(type, list)).toEqual(list);
      }),
      { numRuns: 50 },
    );
  });

  test('documents of a form arrive as they were written, whatever the list before them was', async () => {
    const form = { write: (value: Json, to: JsonText) => to.value(value), load: (stored: Json) => stored };
    const value = jsonValue().map((value) => JSON.parse(JSON.stringify(value).replaceAll('\\u0000', '')) as Json);
    await assert(
      asyncProperty(array(value, { minLength: 1 }), async (list) => {
        const text = 'select v from unnest($1::json[]) with ordinality u(v, i) order by i';
        const { rows } = await database.pool.query(text, [binaryDocuments(form, list)]);
        expect(rows.map((row: { v: Json }) => row.v)).toEqual(list);
      }),
      { numRuns: 50 },
    );
  });

  test('instants arrive to the millisecond, from year one to the last of the Gregorian thousands', async () => {
    const milliseconds = integer({ min: -62_135_596_800, max: 253_402_300_799 }).map((seconds) => seconds * 1000 + (seconds & 511));
    await assert(
      asyncProperty(array(option(milliseconds)), async (list) => {
        expect(await there('instant', list, `round(date_part('epoch', v) * 1000)::bigint`)).toEqual(list);
      }),
      { numRuns: 50 },
    );
  });

  test('integers at both ends of a bigint', async () => {
    expect(await there('integer', [2 ** 62, -(2 ** 63), -1, 0, 2 ** 32, -(2 ** 32)], 'v::text')).toEqual([
      '4611686018427387904',
      '-9223372036854775808',
      '-1',
      '0',
      '4294967296',
      '-4294967296',
    ]);
  });

  test('digests arrive as they were, in their order, with what is null among them', async () => {
    const digits = array(integer({ min: 0, max: 15 }), { minLength: 32, maxLength: 32 });
    const digest = digits.map((list) => list.map((digit) => digit.toString(16)).join(''));
    await assert(
      asyncProperty(array(option(digest)), async (list) => {
        expect(await there('digest', list, `replace(v::text, '-', '')`)).toEqual(list);
      }),
      { numRuns: 50 },
    );
  });

  test('what is no digest is refused before anything is sent: too short, too long, in upper case, with what is no digit', () => {
    const digest = '0123456789abcdef0123456789abcdef';
    expect(binaryArray('digest', [digest, null, undefined]).subarray(24, 40).toString('hex')).toBe(digest);
    // The last is a letter whose lower eight bits are those of the digit 0, as which a buffer takes it.
    const broken = [digest.slice(1), `${digest}0`, digest.toUpperCase(), `${digest.slice(1)}g`, `${digest}\n`, '', 5, '\u0130'.repeat(32)];
    for (const value of broken) expect(() => binaryArray('digest', [digest, value])).toThrow(RangeError);
  });

  test('a broken number is refused before anything is sent', () => {
    for (const value of [1.5, Number.NaN, Number.POSITIVE_INFINITY, '5']) {
      expect(() => binaryArray('integer', [value])).toThrow(RangeError);
      expect(() => binaryArray('instant', [value])).toThrow(RangeError);
    }
  });
});
