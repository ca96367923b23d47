import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Names } from './names.ts';

const texts = fc.uniqueArray(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '1', 'length')), { maxLength: 60 });

test('every name has the place at which it came, also where they are many; others have none', () => {
  fc.assert(
    fc.property(texts, fc.string(), (list, other) => {
      const names = list.reduce((known, name) => known.with(name), Names.none);
      expect(names.list).toEqual(list);
      expect(list.map((name) => names.find(name))).toEqual(list.map((_, place) => place));
      if (!list.includes(other)) expect(names.find(other)).toBe(-1);
      // Asked once more, after a map was made of many.
      expect(list.map((name) => names.find(name))).toEqual(list.map((_, place) => place));
    }),
  );
});

test('adding one leaves those before as they were', () => {
  const few = new Names(['a']);
  const more = Array.from({ length: 40 }, (_, index) => `n${index}`).reduce((names, name) => names.with(name), few);
  expect([few.list, few.find('n0'), more.list.length, more.find('n39')]).toEqual([['a'], -1, 41, 40]);
});
