import { describe, expect, it } from 'vitest';
import { movePart } from './move-part.ts';

describe('moving a part', () => {
  const list = ['a', 'b', 'c'];
  it.each([
    [0, 2, ['b', 'c', 'a']],
    [2, 0, ['c', 'a', 'b']],
    [1, 9, ['a', 'c', 'b']],
  ])('from %i to %i', (from, to, expected) => {
    expect(movePart(list, from, to)).toEqual(expected);
  });
  it('gives the same list back where nothing moves', () => {
    expect(movePart(list, 0, -1)).toBe(list);
    expect(movePart(list, 7, 0)).toBe(list);
  });
});
