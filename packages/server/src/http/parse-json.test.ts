import { isProblem } from '@gangway/product/kernel/problem.ts';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { parseJsonObject } from './parse-json.ts';

describe('54: a body that is not what it should be', () => {
  const corpus: readonly [string, string, string | undefined][] = [
    ['nested 100,000 deep', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'too_deep'],
    ['nested 100,000 deep and never closed', `{"a":${'{"b":'.repeat(100_000)}`, 'too_deep'],
    ['cut in a text', '{"a":"b', 'invalid_json'],
    ['cut in an escape', '{"a":"\\', 'invalid_json'],
    ['a number without end', `{"a":${'9'.repeat(100_000)}`, 'invalid_json'],
    ['a bare value', '1e400', 'not_an_object'],
    ['a list', '[{"a":1}]', 'not_an_object'],
    ['nothing', ' \n', 'invalid_json'],
    ['two values', '{} {}', 'invalid_json'],
    ['NaN', '{"a":NaN}', 'invalid_json'],
    ['a comment', '{/* */}', 'invalid_json'],
    ['a number that is too large', '{"a":1e400}', undefined],
    ['a member twice', '{"a":1,"a":2}', undefined],
    ['brackets inside a text', `{"a":"${'[{'.repeat(1_000)}"}`, undefined],
  ];
  it.each(corpus)('%s', (_name, text, code) => {
    expect(outcome(text)).toBe(code);
  });

  it('that is too deep never reaches the parser: one pass over the letters is all it costs', () => {
    const parse = vi.spyOn(JSON, 'parse');
    expect(outcome(`{"a":${'['.repeat(200_000)}`)).toBe('too_deep');
    expect(parse).not.toHaveBeenCalled();
    parse.mockRestore();
  });

  it('is too deep when its brackets are, those in texts not counted', () => {
    const piece = fc.constantFrom('['.repeat(30), '{'.repeat(30), ']', '}', '"', '"', '\\"', '\\', '"]', 'a', '漢');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60, size: 'max' }), (pieces) => {
        const text = pieces.join('');
        expect(outcome(text) === 'too_deep').toBe(deepest(text) > 200);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is refused in words or parsed, whatever it is', () => {
    const pieces = fc.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', '1e999', 'null', '\u0000', 'é', ' '), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          pieces.map((each) => each.join('')),
        ),
        (text) => {
          expect(['too_deep', 'invalid_json', 'not_an_object', undefined]).toContain(outcome(text));
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

/** The code of the refusal; undefined when it was parsed. */
function outcome(text: string): string | undefined {
  try {
    parseJsonObject(text);
    return undefined;
  } catch (error) {
    if (!isProblem(error)) throw error;
    return error.code;
  }
}

/** Bracket by bracket, of what is left without its texts. */
function deepest(text: string): number {
  const bare = text.replace(/"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)/g, '');
  let [depth, most] = [0, 0];
  for (const letter of bare) {
    if ('[{'.includes(letter)) most = Math.max(most, ++depth);
    if (']}'.includes(letter)) depth--;
  }
  return most;
}
