import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesPath } from './glob.ts';

/** The same by definition: tries every way, so it is slow and plainly right. */
function reference(pattern: string, path: string): boolean {
  const split = (text: string) => text.split('/').filter((segment) => segment !== '');
  const segments = (wanted: readonly string[], given: readonly string[]): boolean => {
    const [first, ...rest] = wanted;
    if (first === undefined) return given.length === 0;
    if (first === '**') return given.some((_, index) => segments(rest, given.slice(index))) || segments(rest, []);
    const [head, ...tail] = given;
    return head !== undefined && letters(first, head) && segments(rest, tail);
  };
  const letters = (wanted: string, given: string): boolean => {
    if (wanted === '') return given === '';
    if (wanted[0] !== '*') return wanted[0] === given[0] && letters(wanted.slice(1), given.slice(1));
    return [...given, ''].some((_, index) => letters(wanted.slice(1), given.slice(index)));
  };
  return segments(split(pattern), split(path));
}

const segmentOf = (...letters: string[]) => fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 4 });
const pathOf = (segment: fc.Arbitrary<string>) => fc.array(segment, { maxLength: 5 }).map((segments) => `/${segments.join('/')}`);
const path = pathOf(segmentOf('a', 'b'));
const pattern = pathOf(fc.oneof({ weight: 3, arbitrary: segmentOf('a', 'b', '*') }, { weight: 1, arbitrary: fc.constant('**') }));

describe('a path pattern', () => {
  it('matches what its definition says', () => {
    fc.assert(
      fc.property(pattern, path, (wanted, given) => {
        expect(matchesPath(wanted, given)).toBe(reference(wanted, given));
      }),
      { numRuns: 3000 },
    );
  });

  it('matches itself when it has no star, with any query, fragment and slashes', () => {
    fc.assert(
      fc.property(path, fc.constantFrom('', '/', '?a=/b', '#c', '/?x#y'), (given, end) => {
        expect(matchesPath(given, given + end)).toBe(true);
      }),
    );
  });

  it('cannot be made slow', () => {
    const began = performance.now();
    expect(matchesPath(`/${'*a'.repeat(200)}b`, `/${'a'.repeat(20_000)}`)).toBe(false);
    expect(matchesPath(`/${'**/a/'.repeat(100)}b`, `/${'a/'.repeat(5_000)}`)).toBe(false);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
