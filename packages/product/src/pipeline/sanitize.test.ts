import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../kernel/json.ts';
import { sanitize } from './sanitize.ts';

const nul = String.fromCharCode(0);

describe('what is stored', () => {
  it('is the same object when nothing had to change', () => {
    const value = { a: [1, { b: 'ünïcödé 👩‍🚀' }], c: null };
    expect(sanitize(value, 5)).toBe(value);
  });

  it('has no key that reaches a prototype, at any depth', () => {
    const value = JSON.parse('{"__proto__":{"x":1},"a":[{"constructor":1,"prototype":2,"b":3}]}') as Json;
    expect(sanitize(value, 5)).toEqual({ a: [{ b: 3 }] });
    expect(Object.getPrototypeOf(sanitize(value, 5))).toBe(Object.prototype);
  });

  it('has no NUL and no half of a pair, in values and in keys', () => {
    expect(sanitize({ [`k${nul}`]: `a${nul}b`, half: '\ud800x', other: 'x\udc00' }, 3)).toEqual({
      'k\ufffd': 'a\ufffdb',
      half: '\ufffdx',
      other: 'x\ufffd',
    });
  });

  it('is refused when it is nested deeper than the bound', () => {
    expect(sanitize({ a: { b: 1 } }, 2)).toEqual({ a: { b: 1 } });
    expect(sanitize({ a: { b: 1 } }, 1)).toBeUndefined();
    expect(sanitize([[[]]], 1)).toBeUndefined();
  });

  it('looks at every value once, however deep the one that is mended lies', () => {
    let value: Json = `a${String.fromCharCode(0)}b`;
    let clean: Json = 'a\ufffdb';
    for (let level = 0; level < 60; level++)
      [value, clean] = [
        { before: 1, value, after: [2] },
        { before: 1, value: clean, after: [2] },
      ];
    expect(sanitize(value, 100)).toEqual(clean);
  });

  it('holds no NUL, no half of a pair, and stays as it is, whatever came', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const clean = sanitize(value as Json, 50);
        // JSON writes both NUL and halves of pairs as escapes.
        expect(JSON.stringify(clean)).not.toMatch(/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/);
        expect(sanitize(clean as Json, 50)).toBe(clean);
      }),
    );
  });
});
