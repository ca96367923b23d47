import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../kernel/json.ts';
import { JsonText, textOf } from './json-text.ts';

const characters = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('__proto__', '"', '%', '\ud800', ''),
);

describe('a JSON text that is written piece by piece', () => {
  test('has every number as JSON has it', () => {
    const near = fc.tuple(fc.integer({ min: 0, max: 16 }), fc.integer({ min: -2, max: 2 })).map(([power, by]) => 10 ** power + by);
    const number = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.double(), near, fc.constantFrom(0, -0, 2 ** 53, -(2 ** 53)));
    fc.assert(
      fc.property(number, (value) => {
        expect(textOf((text) => text.number(value))).toBe(JSON.stringify(value));
        expect(textOf((text) => text.number(-value))).toBe(JSON.stringify(-value));
      }),
      { numRuns: 1_000 },
    );
  });

  test('has every value and every name as JSON has it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), characters, (value, name) => {
        expect(textOf((text) => text.value(value as Json))).toBe(JSON.stringify(value));
        expect(textOf((text) => text.value(name))).toBe(JSON.stringify(name));
        expect(textOf((text) => text.name(name))).toBe(`${JSON.stringify(name)}:`);
        expect(textOf((text) => text.strings([name, '', name]))).toBe(JSON.stringify([name, '', name]));
      }),
    );
  });

  test('grows as far as it has to, and begins again', () => {
    const text = new JsonText();
    const long = 'ß'.repeat(200_000);
    text.sign('{');
    text.name(long);
    text.number(7);
    text.sign('}');
    expect(text.toString()).toBe(JSON.stringify({ [long]: 7 }));
    text.clear();
    text.name(long);
    expect(text.toString()).toBe(`"${long}":`);
    expect(text.length).toBe(400_003);
  });

  test('more names than are kept are written all the same', () => {
    const text = new JsonText();
    const names = Array.from({ length: 25_000 }, (_, index) => `n${index % 12_500}`);
    for (const name of names) text.name(name);
    expect(text.toString()).toBe(names.map((name) => `"${name}":`).join(''));
  });
});
