import { expect, test } from 'vitest';
import type { ValueAnswer } from '../contract.ts';
import { comparedWords, medianText } from './compared-words.ts';

type Before = NonNullable<ValueAnswer['before']>;
const before: Before = { from: 0, n: 24, reached: 12, median: 7 * 86_400_000, curve: [], difference: null };

test.each<[string, Partial<Before>, string]>([
  ['sooner', { difference: { p: 0.0123, sooner: true } }, 'of 24 people; now it comes sooner, p = 0.012'],
  ['later', { difference: { p: 0.00001, sooner: false } }, 'of 24 people; now it comes later, p < 0.001'],
  ['chance', { difference: { p: 0.412, sooner: true } }, 'of 24 people; the difference may be chance, p = 0.412'],
  ['nothing to say', {}, 'of 24 people; too few have reached it to compare'],
  ['one', { n: 1 }, 'of 1 person; too few have reached it to compare'],
  ['nobody', { n: 0, median: null }, 'Nobody began in the range before'],
])('%s', (_, other, words) => {
  expect(comparedWords({ of: 'person', before: { ...before, ...other } })).toBe(words);
});

test('accounts are called so, and a median is “not yet” only where somebody began', () => {
  expect(comparedWords({ of: 'account', before: { ...before, n: 2 } })).toBe('of 2 accounts; too few have reached it to compare');
  expect([medianText(before), medianText({ n: 3, median: null }), medianText({ n: 0, median: null })]).toEqual(['7 days', 'not yet', '–']);
});
