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

  const sentences: readonly (readonly [Rule, string])[] = [
    [{ type: 'at_least', count: 2, of: [] }, 'at least 2 of these hold'],
    [{ type: 'at_least', count: 1, of: [] }, 'at least 1 of these holds'],
    [{ type: 'trait', name: 'plan', operator: 'is_one_of', values: ['pro', 'team'] }, 'plan is one of "pro", "team"'],
    [{ type: 'trait', name: 'email', operator: 'matches', value: '@acme' }, 'email matches the pattern "@acme"'],
    [{ type: 'trait', of: 'account', name: 'seats', operator: 'at_least', value: 5 }, 'the account’s seats is at least 5'],
    [{ type: 'trait', of: 'membership', name: 'role', operator: 'equals', value: 'admin' }, 'the role’s role is "admin"'],
    [
      { type: 'trait', of: 'account', name: 'renewal', operator: 'days_until_at_most', value: 30, zone: 'UTC' },
      'the account’s renewal is at most 30 days from now',
    ],
    [{ type: 'trait', name: 'trial', operator: 'days_ago_at_least', value: 1, zone: 'UTC' }, 'trial was at least 1 day ago'],
    [{ type: 'trait', name: 'born', operator: 'before', value: '2026-03-29', zone: 'UTC' }, 'born is before 2026-03-29'],
    [
      {
        type: 'event',
        name: 'Paid',
        where: [
          { property: 'plan', operator: 'equals', value: 'pro' },
          { property: 'note', operator: 'missing' },
        ],
        operator: 'at_least',
        times: 2,
        days: 7,
        zone: 'UTC',
      },
      'did “Paid” where plan is "pro" and note is not known at least 2 times in the last 7 calendar days',
    ],
    [{ type: 'event', name: 'Paid', operator: 'at_most', times: 1, days: 1, zone: 'UTC' }, 'did “Paid” at most 1 time today'],
    [
      { type: 'event_sum', name: 'Paid', property: 'amount', operator: 'at_least', value: 99.5, days: 30, zone: 'UTC' },
      'did “Paid” with at least 99.5 in all of amount in the last 30 calendar days',
    ],
    [{ type: 'event_days', name: 'Paid', operator: 'exactly', times: 3, zone: 'UTC' }, 'did “Paid” on exactly 3 days'],
    [
      { type: 'event_time', name: 'Paid', which: 'last', operator: 'days_ago_at_least', value: 7, zone: 'UTC' },
      'the last “Paid” was at least 7 days ago',
    ],
    [
      { type: 'sequence', first: { name: 'Signed Up' }, then: { name: 'Paid' }, within: 86_400_000, happened: true },
      'did “Signed Up” and then “Paid” within 1 day',
    ],
    [
      { type: 'sequence', first: { name: 'Signed Up' }, then: { name: 'Paid' }, within: 86_400_000, happened: false },
      'did “Signed Up” and not “Paid” within 1 day',
    ],
    [{ type: 'segment', id: 's' }, 'is in the segment “s”'],
    [{ type: 'cohort', id: 'c' }, 'is on the list “Beta”'],
    [{ type: 'content', id: 'g', state: 'dismissed' }, 'has dismissed “g”'],
    [{ type: 'page_query', name: 'tab', operator: 'equals', value: 'new' }, 'is on a page whose parameter tab is "new"'],
    [{ type: 'page_query', name: 'tab', operator: 'missing' }, 'is on a page whose parameter tab is not given'],
    [{ type: 'page_host', operator: 'ends_with', value: '.acme.com' }, 'is on a page whose host ends with ".acme.com"'],
  ];
  it.each(sentences)('says %j', (rule, sentence) => {
    expect(describeRule(rule, { ...names, cohort: () => 'Beta' })).toBe(sentence);
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
