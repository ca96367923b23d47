import { describe, expect, it } from 'vitest';
import type { Rule } from '../rules/rule.ts';
import { ruleSchema } from './rule.ts';

const leaf: Rule = { type: 'milestone', id: 'a' };
const nested = (levels: number): Rule => (levels === 0 ? leaf : { type: 'not', rule: nested(levels - 1) });
const complaints = (rule: unknown) => {
  const parsed = ruleSchema.safeParse(rule);
  return parsed.success ? [] : parsed.error.issues.map(({ message }) => message);
};

describe('a rule as it may be saved', () => {
  it('is any rule of the language that is complete', () => {
    const rule: Rule = {
      type: 'all',
      of: [
        { type: 'any', of: [] },
        { type: 'not', rule: leaf },
        { type: 'trait', name: 'plan', operator: 'equals', value: '' },
        { type: 'trait', name: 'email', operator: 'missing' },
        { type: 'event', name: 'Paid', operator: 'at_most', times: 0 },
        { type: 'event', name: 'Paid', operator: 'exactly', times: 63, within: 1 },
        { type: 'page', path: '/**' },
      ],
    };
    expect(ruleSchema.parse(rule)).toEqual(rule);
  });

  it('has ten levels and two hundred conditions at most', () => {
    expect(complaints(nested(10))).toEqual([]);
    expect(complaints(nested(11))).toEqual(['a rule has at most 10 levels and 200 conditions']);
    const wide = (count: number): Rule => ({
      type: 'any',
      of: Array.from({ length: 4 }, () => ({ type: 'all', of: Array<Rule>(count).fill(leaf) })),
    });
    expect(complaints(wide(48))).toEqual([]);
    expect(complaints(wide(50))).toEqual(['a rule has at most 10 levels and 200 conditions']);
    expect(complaints({ type: 'any', of: Array<Rule>(51).fill(leaf) })).not.toEqual([]);
  });

  it('of a hundred thousand levels is refused and overflows nothing', () => {
    let rule: unknown = leaf;
    for (let level = 0; level < 100_000; level++) rule = { type: 'not', rule };
    expect(complaints(rule)).toEqual(['a rule has at most 10 levels and 200 conditions']);
  });

  it('says what a condition lacks, or has too much of', () => {
    expect(complaints({ type: 'trait', name: 'plan', operator: 'equals' })).toEqual(['the condition on “plan” needs a value']);
    expect(complaints({ type: 'trait', name: 'plan', operator: 'exists', value: 1 })).toEqual(['the condition on “plan” takes no value']);
    expect(complaints({ type: 'event', name: 'Paid', operator: 'at_least', times: 64, within: 1000 })).toEqual([
      'within a window, “Paid” can be counted to 63',
    ]);
    expect(complaints({ type: 'event', name: 'Paid', operator: 'at_least', times: 64 })).toEqual([]);
  });

  const broken: readonly [string, unknown][] = [
    ['nothing', undefined],
    ['null', null],
    ['a text', 'all'],
    ['an unknown kind', { type: 'some', of: [] }],
    ['a member too many', { ...leaf, more: 1 }],
    ['a group without parts', { type: 'all' }],
    ['a group whose parts are no list', { type: 'all', of: {} }],
    ['an empty name', { type: 'trait', name: '', operator: 'exists' }],
    ['an operator that is none', { type: 'trait', name: 'a', operator: 'resembles', value: '.*' }],
    ['a value that is a list', { type: 'trait', name: 'a', operator: 'equals', value: ['x'] }],
    ['a count below zero', { type: 'event', name: 'a', operator: 'at_least', times: -1 }],
    ['a fraction of a count', { type: 'event', name: 'a', operator: 'at_least', times: 1.5 }],
    ['a window of nothing', { type: 'event', name: 'a', operator: 'at_least', times: 1, within: 0 }],
    ['a window of two years', { type: 'event', name: 'a', operator: 'at_least', times: 1, within: 2 * 366 * 86_400_000 }],
    ['a path without a slash', { type: 'page', path: 'boards' }],
    ['a broken part deep inside', { type: 'all', of: [{ type: 'not', rule: { type: 'any', of: [{ type: 'page' }] } }] }],
  ];
  it.each(broken)('refuses %s', (_label, rule) => {
    expect(complaints(rule)).not.toEqual([]);
  });

  it('names the place of a complaint', () => {
    const parsed = ruleSchema.safeParse({ type: 'all', of: [leaf, { type: 'page', path: 'x' }] });
    expect(parsed.error?.issues[0]?.path).toEqual(['of', 1, 'path']);
  });
});
