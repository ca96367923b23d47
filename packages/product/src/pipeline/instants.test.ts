import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textOf } from '../ports/db/json-text.ts';
import { Instants } from './instants.ts';

const name: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'c', '1', '__proto__', 'constructor');
const instant = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 1_700_000_000_000, max: 1_700_000_100_000 }));
const changes = fc.array(fc.tuple(name, instant), { maxLength: 20 });

/** There and back through the store, in a document with this base. */
function keep(instants: Instants, base: number): Instants {
  return Instants.load(JSON.parse(textOf((text) => instants.write(text, base))), base);
}

test('says what a map would, however it was made and wherever it has been', () => {
  fc.assert(
    fc.property(changes, changes, instant, (before, after, base) => {
      const first = before.reduce((known, [what, at]) => known.with(what, at), Instants.none);
      const kept = after.reduce((known, [what, at]) => known.with(what, at), keep(first, base));
      const expected = new Map([...before, ...after]);
      expect(kept.entries()).toEqual([...expected]);
      expect(kept.names).toEqual([...expected.keys()]);
      expect(kept.size).toBe(expected.size);
      for (const what of ['a', '1', '__proto__', 'toString']) {
        expect(kept.at(what)).toBe(expected.get(what));
        expect(kept.has(what)).toBe(expected.has(what));
      }
      expect(JSON.stringify(kept)).toBe(JSON.stringify(Object.fromEntries(expected)));
      // What it was made of stays as it was.
      expect(first.entries()).toEqual([...new Map(before)]);
    }),
  );
});

test('takes a record, and is written the same whatever its own base is', () => {
  const record = { a: 1_700_000_000_500, b: 1_700_000_000_000 };
  const of = Instants.of(record);
  expect(of.toJSON()).toEqual(record);
  const written = textOf((text) => of.write(text, 1_700_000_000_000));
  expect(written).toBe('[["a","b"],[500,0]]');
  expect(textOf((text) => keep(of, 1_600_000_000_000).write(text, 1_700_000_000_000))).toBe(written);
  expect(Instants.of({})).toBe(Instants.none);
  expect(keep(Instants.none, 7)).toBe(Instants.none);
});
