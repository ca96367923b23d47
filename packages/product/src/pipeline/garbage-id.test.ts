import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isGarbageId } from './garbage-id.ts';

it('ids that a bug wrote are told from ids', () => {
  const garbage = [
    'anonymous',
    'guest',
    'Undefined',
    'NULL',
    ' null ',
    '"null"',
    "'undefined'",
    '[object Object]',
    'NaN',
    'true',
    '0',
    '',
    '  ',
    'id',
  ];
  for (const id of garbage) expect([id, isGarbageId(id)]).toEqual([id, true]);
  const ids = ['ada', '1', '00', 'guest-17', 'null-user', 'id7', 'ada@acme.example', '😀', '__proto__'];
  for (const id of ids) expect([id, isGarbageId(id)]).toEqual([id, false]);
});

it('white space, one pair of quotes and capitals hide nothing, however long', () => {
  const space = fc.stringMatching(/^[ \t\n]{0,30}$/);
  const quote = fc.constantFrom('', '"', "'");
  fc.assert(
    fc.property(space, quote, fc.constantFrom('Null', 'NOT_AUTHENTICATED', '[object Object]', 'ada'), (around, mark, word) => {
      expect(isGarbageId(`${around}${mark}${mark && around}${word}${mark}${around}`)).toBe(
        word !== 'ada' && !(mark && around.includes('\n')),
      );
    }),
  );
});
