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

  const complete: readonly [string, Rule][] = [
    ['some of many', { type: 'at_least', count: 2, of: [leaf, leaf, leaf] }],
    ['one of a list', { type: 'trait', name: 'plan', operator: 'is_one_of', values: ['pro', 'team'] }],
    ['a pattern', { type: 'trait', name: 'email', operator: 'matches', value: '@acme\\.com$' }],
    [
      'an account’s date',
      { type: 'trait', of: 'account', name: 'renews', operator: 'days_until_at_most', value: 30, zone: 'Europe/Berlin' },
    ],
    ['a role', { type: 'trait', of: 'membership', name: 'role', operator: 'equals', value: 'admin' }],
    ['a date before an instant', { type: 'trait', name: 'born', operator: 'before', value: '2026-03-29T08:15:00+05:45', zone: 'UTC' }],
    [
      'an event with properties, on calendar days',
      {
        type: 'event',
        name: 'Paid',
        where: [
          { property: 'plan', operator: 'is_none_of', values: [1, 2] },
          { property: 'note', operator: 'missing' },
        ],
        operator: 'at_least',
        times: 100,
        days: 366,
        zone: 'Asia/Kathmandu',
      },
    ],
    ['a sum', { type: 'event_sum', name: 'Paid', property: 'amount', operator: 'at_least', value: 99.5 }],
    [
      'a sum on calendar days',
      { type: 'event_sum', name: 'Paid', property: 'amount', operator: 'exactly', value: 0, days: 1, zone: 'UTC' },
    ],
    ['different days', { type: 'event_days', name: 'Paid', operator: 'at_least', times: 399, zone: 'UTC' }],
    ['the last time', { type: 'event_time', name: 'Paid', which: 'last', operator: 'days_ago_at_least', value: 7, zone: 'UTC' }],
    ['a sequence', { type: 'sequence', first: { name: 'Signed Up' }, then: { name: 'Paid' }, within: 86_400_000, happened: false }],
    [
      'a segment, a list and a content',
      {
        type: 'any',
        of: [
          { type: 'segment', id: 's' },
          { type: 'cohort', id: 'c' },
          { type: 'content', id: 'g', state: 'seen' },
        ],
      },
    ],
    ['a parameter', { type: 'page_query', name: 'tab', operator: 'exists' }],
    ['a host', { type: 'page_host', operator: 'ends_with', value: '.acme.com' }],
  ];
  it.each(complete)('may hold %s', (_label, rule) => {
    expect(ruleSchema.parse(rule)).toEqual(rule);
  });

  const trait = { type: 'trait', name: 'plan' };
  const event = { type: 'event', name: 'Paid', operator: 'at_least', times: 1 };
  const time = { type: 'event_time', name: 'Paid', which: 'last', zone: 'UTC' };
  const sentences: readonly [unknown, string][] = [
    [{ type: 'at_least', count: 3, of: [leaf, leaf] }, 'at least 3 of 2 conditions can never hold'],
    [{ ...trait, operator: 'is_one_of', value: 'pro' }, 'the condition on “plan” needs a list of values'],
    [
      { ...trait, operator: 'is_one_of', values: ['1', 1] },
      'the condition on “plan” mixes texts, numbers or yes and no: the values must be of one kind',
    ],
    [{ ...trait, operator: 'equals', values: ['1'] }, 'the condition on “plan” takes one value, not a list'],
    [{ ...trait, operator: 'contains', value: 1 }, 'the condition on “plan” needs a text to compare with'],
    [{ ...trait, operator: 'at_least', value: '1' }, 'the condition on “plan” needs a number to compare with'],
    [{ ...trait, operator: 'equals', value: 'pro', zone: 'UTC' }, 'the condition on “plan” takes no time zone'],
    [{ ...trait, operator: 'before', value: '2026-03-29' }, 'the condition on “plan” needs a time zone: it is about calendar days'],
    [
      { ...trait, operator: 'before', value: '2026-03-29', zone: 'Mars/Olympus' },
      '“Mars/Olympus” is no time zone: a name is written as in Europe/Berlin',
    ],
    [
      { ...trait, operator: 'before', value: '2026-03-29', zone: 'europe/berlin' },
      '“europe/berlin” is no time zone: a name is written as in Europe/Berlin',
    ],
    [
      { ...trait, operator: 'before', value: '2026-02-29', zone: 'UTC' },
      'the condition on “plan” needs a date (2026-03-29) or an instant with its offset (2026-03-29T08:15:00Z)',
    ],
    [
      { ...trait, operator: 'days_ago_at_most', value: -1, zone: 'UTC' },
      'the condition on “plan” needs a whole number of days, 0 to 36500',
    ],
    [
      { ...trait, operator: 'days_ago_at_most', value: '7', zone: 'UTC' },
      'the condition on “plan” needs a whole number of days, 0 to 36500',
    ],
    [
      { ...trait, operator: 'matches', value: '(?=a)' },
      'the pattern for “plan” is none that RE2 knows: invalid or unsupported Perl syntax: `(?=`',
    ],
    [{ ...trait, operator: 'matches', value: '(a' }, 'the pattern for “plan” is none that RE2 knows: missing closing ): `(a`'],
    [{ ...trait, operator: 'matches', value: 'a'.repeat(501) }, 'the pattern for “plan” is longer than 500 characters'],
    [
      { ...event, where: [{ property: 'sku', operator: 'matches', value: '(a)\\1' }] },
      'the pattern for “sku” is none that RE2 knows: invalid escape sequence: `\\1`',
    ],
    [{ ...event, where: [{ property: 'sku', operator: 'equals' }] }, 'the condition on “sku” needs a value'],
    [{ ...event, days: 7 }, 'the condition on “Paid” needs a time zone: it is about calendar days'],
    [{ ...event, zone: 'UTC' }, 'the condition on “Paid” takes no time zone without a window of days'],
    [
      { ...event, within: 1000, days: 7, zone: 'UTC' },
      'the condition on “Paid” has a rolling window and one of calendar days: it can have one of them',
    ],
    [{ type: 'event_days', name: 'Paid', operator: 'at_least', times: 400, zone: 'UTC' }, 'the days of “Paid” can be counted to 399'],
    [
      { ...time, operator: 'after', value: 7 },
      'the condition on “Paid” needs a date (2026-03-29) or an instant with its offset (2026-03-29T08:15:00Z)',
    ],
    [{ type: 'page_query', name: 'tab', operator: 'equals' }, 'the condition on the parameter “tab” needs a value'],
    [{ type: 'page_query', name: 'tab', operator: 'exists', value: '' }, 'the condition on the parameter “tab” takes no value'],
  ];
  it.each(sentences)('is not %j', (rule, sentence) => {
    expect(complaints(rule)).toEqual([sentence]);
  });

  it('names the place of an incomplete condition too', () => {
    const parsed = ruleSchema.safeParse({ type: 'all', of: [leaf, { type: 'not', rule: { ...trait, operator: 'equals' } }] });
    expect(parsed.error?.issues[0]?.path).toEqual(['of', 1, 'rule', 'value']);
  });

  const badPattern = { property: 'a', operator: 'matches', value: '(a' };
  const places: readonly [object, readonly (string | number)[]][] = [
    [{ ...trait, operator: 'matches', value: '(a' }, ['value']],
    [{ ...trait, operator: 'is_one_of', values: ['a', 1] }, ['values']],
    [{ ...trait, operator: 'equals', value: 'a', zone: 'UTC' }, ['zone']],
    [{ ...event, times: 64, within: 1000 }, ['times']],
    [{ ...event, times: 1, within: 1000, days: 7, zone: 'UTC' }, ['within']],
    [{ ...event, where: [{ property: 'b', operator: 'exists' }, badPattern] }, ['where', 1, 'value']],
    [{ type: 'event_days', name: 'a', operator: 'at_least', times: 400, zone: 'UTC' }, ['times']],
    [
      { type: 'sequence', first: { name: 'a' }, then: { name: 'b', where: [badPattern] }, within: 1000, happened: true },
      ['then', 'where', 0, 'value'],
    ],
    [{ type: 'at_least', count: 3, of: [leaf, leaf] }, ['count']],
  ];
  it.each(places)('names the member that is wrong in %j', (rule, place) => {
    expect(ruleSchema.safeParse({ type: 'all', of: [rule] }).error?.issues.map(({ path }) => path)).toEqual([['of', 0, ...place]]);
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
    ['a window of more than 366 days', { ...event, days: 367, zone: 'UTC' }],
    ['a list without values', { type: 'trait', name: 'a', operator: 'is_one_of', values: [] }],
    ['a list of more than a hundred', { type: 'trait', name: 'a', operator: 'is_one_of', values: Array<string>(101).fill('a') }],
    ['more than ten properties', { ...event, where: Array(11).fill({ property: 'a', operator: 'exists' }) }],
    ['dates of a property', { ...event, where: [{ property: 'a', operator: 'before', value: '2026-01-01' }] }],
    ['a time that is compared as a value', { ...time, operator: 'equals', value: '2026-01-01' }],
    ['a sum of more than nine trillion', { type: 'event_sum', name: 'a', property: 'b', operator: 'at_least', value: 1e13 }],
    ['a state that no content has', { type: 'content', id: 'g', state: 'loved' }],
    ['a host in capitals', { type: 'page_host', operator: 'equals', value: 'App.acme.com' }],
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
