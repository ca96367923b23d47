import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../kernel/json.ts';
import { byteLength, exceedsBytes } from './byte-length.ts';

describe('whether a value’s JSON has more bytes', () => {
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(1e20, -1e20, -1.2345678901234567e-6, 5e-324),
  );
  const value = fc.oneof(
    fc.jsonValue({ stringUnit: 'binary' }),
    fc.array(number, { maxLength: 40 }),
    fc.array(fc.constantFrom('\u0001', '"', '漢')),
  );

  it('is what counting them says, at its very bound', () => {
    fc.assert(
      fc.property(value, fc.integer({ min: -3, max: 3 }), (any, off) => {
        const json = any as Json;
        const bytes = byteLength(JSON.stringify(json));
        expect(exceedsBytes(json, bytes + off)).toBe(off < 0);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is what counting them says, far from it', () => {
    fc.assert(
      fc.property(value, fc.integer({ min: 0, max: 500 }), (any, most) => {
        const json = any as Json;
        expect(exceedsBytes(json, most)).toBe(byteLength(JSON.stringify(json)) > most);
      }),
      { numRuns: 1_000 },
    );
  });
});
