import { asksForPage } from '@gangway/product/rules/asks-for.ts';
import type { Rule } from '@gangway/product/rules/rule.ts';
import { describe, expect, it } from 'vitest';
import { joinDuration, splitDuration } from './duration-units.ts';
import { ruleComplaints } from './rule-complaints.ts';
import { groupModes, newCondition, opposite, readGroup, rootGroup, writeGroup } from './rule-shape.ts';
import { ruleSentence } from './rule-words.ts';

const path: Rule = { type: 'page', path: '/boards/*' };
const event: Rule = { type: 'event', name: 'Board Created', operator: 'at_least', times: 1, within: 604_800_000 };

describe('the shape of a rule in the form', () => {
  it.each(groupModes)('reads back a group of mode %s as it was written', (mode) => {
    const group = readGroup(writeGroup(mode, [path, event]));
    expect(group).toMatchObject({ mode, parts: [path, event] });
  });
  it('shows a lone condition as a group of one, at the condition’s own path', () => {
    expect(rootGroup(path)).toMatchObject({ mode: 'all', parts: [path], path: [], wrapped: true });
  });
  it('asks for the opposite and back', () => {
    expect(opposite(opposite(event))).toEqual(event);
  });
});

describe('a rule in words', () => {
  it('says conditions as a person would', () => {
    expect(ruleSentence(event, { milestone: String })).toBe('did “Board Created” at least 1 time in the last 7 days');
    expect(ruleSentence({ type: 'all', of: [] }, { milestone: String })).toBe('everyone');
    expect(ruleSentence({ type: 'all', of: [path, { type: 'any', of: [path, path] }] }, { milestone: String })).toBe(
      'is on a page like /boards/* and (is on a page like /boards/* or is on a page like /boards/*)',
    );
    expect(ruleSentence({ type: 'milestone', id: 'm1' }, { milestone: () => 'First board' })).toBe(
      'has reached the milestone “First board”',
    );
  });
  it('finds page conditions at any depth', () => {
    expect(asksForPage({ type: 'not', rule: { type: 'any', of: [event, path] } })).toBe(true);
    expect(asksForPage(event)).toBe(false);
  });
});

describe('what keeps a rule from being saved', () => {
  it('names the field of each unfinished condition', () => {
    const rule: Rule = {
      type: 'all',
      of: [newCondition('event', 'UTC'), { type: 'not', rule: newCondition('page', 'UTC') }, newCondition('trait', 'UTC')],
    };
    expect(ruleComplaints(rule, ['audience']).map((issue) => issue.path.join('.'))).toEqual([
      'audience.of.0.name',
      'audience.of.1.rule.path',
      'audience.of.2.name',
      'audience.of.2.value',
    ]);
  });
  it('has none for a finished rule', () => {
    expect(ruleComplaints({ type: 'any', of: [event, path] })).toEqual([]);
  });
});

describe('lengths of time', () => {
  it('uses the longest unit that divides it', () => {
    expect(splitDuration(86_400_000)).toEqual({ amount: 1, unit: 'days' });
    expect(splitDuration(90 * 60_000)).toEqual({ amount: 90, unit: 'minutes' });
    expect(joinDuration(36, 'hours')).toBe(129_600_000);
  });
});
