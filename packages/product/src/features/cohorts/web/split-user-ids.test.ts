import { expect, test } from 'vitest';
import { splitUserIds } from './split-user-ids.ts';

test.each([
  ['', []],
  [' u1 \r\nu2\n\n', ['u1', 'u2']],
  ['u1, u2;u3\tu1', ['u1', 'u2', 'u3']],
  ['Ada Lovelace\n“ü”', ['Ada Lovelace', '“ü”']],
])('%j is %j', (text, ids) => {
  expect(splitUserIds(text)).toEqual(ids);
});
