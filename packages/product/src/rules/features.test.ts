import { describe, expect, it } from 'vitest';
import type { FeatureFact } from './facts.ts';
import { type Feature, featureKey, featuresOf, foldFeature, mergeFeature } from './features.ts';
import type { Rule } from './rule.ts';
import { thousandths } from './thousandths.ts';

const day = 86_400_000;
const where = [{ property: 'plan', operator: 'equals', value: 'pro' }] as const;
const fold = (feature: Feature, events: readonly { time: number; properties: Record<string, string | number> }[]) =>
  events.reduce<FeatureFact | undefined>((before, event) => foldFeature(before, feature, event), undefined);

describe('the features of a rule', () => {
  it('are what an event’s plain counter cannot tell, each once', () => {
    const rule: Rule = {
      type: 'all',
      of: [
        { type: 'event', name: 'A', operator: 'at_least', times: 1 },
        { type: 'event', name: 'A', operator: 'at_least', times: 1, within: 1000 },
        { type: 'event', name: 'A', where: [], operator: 'at_least', times: 1 },
        { type: 'event_time', name: 'A', which: 'last', operator: 'days_ago_at_least', value: 1, zone: 'UTC' },
        { type: 'event', name: 'A', where, operator: 'at_least', times: 1 },
        {
          type: 'not',
          rule: { type: 'event_time', name: 'A', where, which: 'last', operator: 'days_ago_at_least', value: 1, zone: 'UTC' },
        },
        { type: 'event', name: 'A', operator: 'at_least', times: 1, days: 7, zone: 'UTC' },
        { type: 'event_days', name: 'A', operator: 'at_least', times: 1, zone: 'UTC' },
        { type: 'event_sum', name: 'A', property: 'amount', operator: 'at_least', value: 1 },
        { type: 'event_sum', name: 'A', property: 'amount', operator: 'at_least', value: 1, days: 7, zone: 'UTC' },
        { type: 'sequence', first: { name: 'A' }, then: { name: 'B', where }, within: 1000, happened: true },
      ],
    };
    expect(featuresOf(rule)).toEqual([
      { name: 'A', where },
      { name: 'A', zone: 'UTC' },
      { name: 'A', property: 'amount' },
      { name: 'A', property: 'amount', zone: 'UTC' },
      { name: 'B', where },
    ]);
  });

  it('have one key, however they are written', () => {
    expect(featureKey({ name: 'A' })).toBe('A');
    expect(featureKey({ zone: 'UTC', name: 'A' })).toBe('{"name":"A","zone":"UTC"}');
  });
});

describe('what is counted', () => {
  it('is what meets the conditions', () => {
    const paid = [10, 20, 30].map((amount, index) => ({ time: index * day, properties: { amount, plan: index === 1 ? 'free' : 'pro' } }));
    expect(fold({ name: 'Paid', where }, paid)).toEqual({ count: 2, first: 0, last: 2 * day, recent: [0, 2 * day] });
    expect(fold({ name: 'Paid', where, property: 'amount', zone: 'UTC' }, paid)).toEqual({
      count: 2,
      first: 0,
      last: 2 * day,
      recent: [],
      sum: 40_000,
      days: { 0: [1, 10_000], 2: [1, 30_000] },
    });
    expect(fold({ name: 'Paid', where: [{ property: 'plan', operator: 'equals', value: 'team' }] }, paid)).toBeUndefined();
  });

  it('keeps the newest 400 days, whatever order they came in', () => {
    const feature = { name: 'A', zone: 'UTC' };
    const events = Array.from({ length: 450 }, (_, index) => ({ time: ((index * 7) % 450) * day, properties: {} }));
    const fact = fold(feature, events);
    const numbers = Object.keys(fact?.days ?? {}).map(Number);
    expect([numbers.length, Math.min(...numbers), Math.max(...numbers), fact?.count]).toEqual([400, 50, 449, 450]);
    const [one, other] = [fold(feature, events.slice(0, 200)), fold(feature, events.slice(200))];
    expect(one && other && mergeFeature(one, other)).toEqual(fact);
  });

  it('has no days where the zone does not exist', () => {
    expect(fold({ name: 'A', zone: 'Mars/Olympus' }, [{ time: 5, properties: {} }])).toEqual({ count: 1, first: 5, last: 5, recent: [] });
  });

  it('sums whole thousandths', () => {
    const cases = [
      [1, 1000],
      [0.1, 100],
      [0.0005, 1],
      [-0.0005, 0],
      [-1.2345, -1234],
      ['1', 0],
      [null, 0],
      [true, 0],
      [9e12, 9e15],
      [9.1e12, 0],
    ] as const;
    for (const [value, sum] of cases) expect([value, thousandths(value) + 0]).toEqual([value, sum]);
  });
});
