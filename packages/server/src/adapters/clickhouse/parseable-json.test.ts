import { expect, test } from 'vitest';
import { parseableJson } from './parseable-json.ts';

test.each([
  ['{"a":100000000000000000000}', '{"a":1e+20}'],
  ['{"a":[-9223372036854775809,1]}', '{"a":[-9.223372036854776e+18,1]}'],
  ['{"a":18446744073709551615,"b":-9223372036854775808}', ''],
  ['{"a":"\\"100000000000000000000"}', ''],
  ['{"a":0.10000000000000000000001,"b":1e21}', ''],
  ['{}', ''],
])('%s', (json, expected) => {
  expect(parseableJson(json)).toBe(expected);
});
