import { describe, expect, it } from 'vitest';
import { describeRule, describeWhy } from './describe.ts';
import { describeSpan } from './describe-span.ts';
import { evaluate } from './evaluate.ts';
import type { Rule } from './rule.ts';

const names = { milestone: (id: string) => (id === 'board' ? 'First board' : id) };
const say = (rule: Rule) => describeRule(rule, names);

describe('a condition in words', () => {
  it('names what it looks at', () => {
    expect(say({ type: 'all', of: [] })).toBe('everyone');
    expect(say({ type: 'any', of: [] })).toBe('nobody');
    expect(say({ type: 'trait', name: 'plan', operator: 'equals', value: 'pro' })).toBe('plan is "pro"');
    expect(say({ type: 'trait', name: 'seats', operator: 'greater_than', value: 3 })).toBe('seats is greater than 3');
    expect(say({ type: 'trait', name: 'email', operator: 'missing' })).toBe('email is not known');
    expect(say({ type: 'event', name: 'Card Moved', operator: 'at_least', times: 1 })).toBe('did “Card Moved” at least 1 time');
    expect(say({ type: 'event', name: 'Card Moved', operator: 'exactly', times: 3, within: 604_800_000 })).toBe(
      'did “Card Moved” exactly 3 times in the last 7 days',
    );
    expect(say({ type: 'milestone', id: 'board' })).toBe('has reached the milestone “First board”');
    expect(say({ type: 'page', path: '/boards/*' })).toBe('is on a page like /boards/*');
  });

  it('gives a span in the largest unit that divides it', () => {
    const spans = [86_400_000, 604_800_000, 5_400_000, 60_000, 1000, 1, 90_061_000].map(describeSpan);
    expect(spans).toEqual(['1 day', '7 days', '90 minutes', '1 minute', '1 second', '1 millisecond', '90061 seconds']);
  });
});

describe('an explanation', () => {
  it('is one line a condition, with its depth, its answer and what was found', () => {
    const rule: Rule = {
      type: 'all',
      of: [
        { type: 'trait', name: 'plan', operator: 'equals', value: 'pro' },
        { type: 'not', rule: { type: 'milestone', id: 'board' } },
        { type: 'event', name: 'Card Moved', operator: 'at_least', times: 2 },
        { type: 'page', path: '/boards' },
      ],
    };
    const events = { 'Card Moved': { count: 2, first: 1, last: 2, recent: [1, 2] } };
    const { why } = evaluate(rule, { traits: { plan: 'pro' }, milestones: {}, events }, 10);
    expect(describeWhy(why, names).map(({ depth, text, answer, found }) => [depth, text, answer, found])).toEqual([
      [0, 'all of these hold', 'unknown', null],
      [1, 'plan is "pro"', 'yes', 'pro'],
      [1, 'this does not hold', 'yes', null],
      [2, 'has reached the milestone “First board”', 'no', 'not reached'],
      [1, 'did “Card Moved” at least 2 times', 'yes', '2 times'],
      [1, 'is on a page like /boards', 'unknown', null],
    ]);
  });

  it('says what was found in words: never, once, not known, a value', () => {
    const found = (rule: Rule, traits: Record<string, string | number> = {}) =>
      describeWhy(
        evaluate(rule, { traits, events: { Once: { count: 1, first: 1, last: 1, recent: [1] } }, milestones: { board: 5 } }, 10).why,
        names,
      )[0]?.found;
    expect(found({ type: 'event', name: 'Never', operator: 'at_least', times: 1 })).toBe('never');
    expect(found({ type: 'event', name: 'Once', operator: 'at_least', times: 1 })).toBe('once');
    expect(found({ type: 'milestone', id: 'board' })).toBe('reached');
    expect(found({ type: 'trait', name: 'plan', operator: 'exists' })).toBe('not known');
    expect(found({ type: 'trait', name: 'seats', operator: 'exists' }, { seats: 3 })).toBe('3');
  });
});
