import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerRule } from '../rules/answer-rule.ts';
import { evaluate } from '../rules/evaluate.ts';
import { circumstances, factsAbout, histories, instants, moments, rules } from '../rules/rule-arbitraries.contract.ts';
import { EventCounts } from './event-counts.ts';
import { Instants } from './instants.ts';
import { emptyAccountDoc, emptyPersonDoc, factsOf } from './subject-doc.ts';

test('a rule finds in a document what it finds in the same facts as records', () => {
  const situation = fc.record({
    rule: rules(moments),
    history: histories(moments),
    others: circumstances(moments),
    now: instants(moments),
  });
  fc.assert(
    fc.property(situation, ({ rule, history, others, now }) => {
      const { traits = {}, events = {}, features = {}, milestones = {}, cohorts = {}, contents = {} } = factsAbout(rule, history, others);
      const records = { traits, events, features, milestones, cohorts, contents, accounts: [] };
      const lists = { events: EventCounts.of(events), milestones: Instants.of(milestones) };
      const facts = factsOf({ ...emptyPersonDoc, traits, features, cohorts, contents, ...lists });
      expect(evaluate(rule, facts, now)).toEqual(evaluate(rule, records, now));
      expect(answerRule(rule, facts, now)).toEqual(answerRule(rule, records, now));
      expect([facts.events, facts.milestones]).toEqual([events, milestones]);
    }),
  );
});

test('an account is not counted by events, so a condition on them is unknown', () => {
  const facts = factsOf({ ...emptyAccountDoc, milestones: Instants.of({ paying: 5 }) });
  const event = { type: 'event', name: 'a', operator: 'at_least', times: 1 } as const;
  expect(facts.events).toBeUndefined();
  expect(answerRule(event, facts, 9).answer).toBe('unknown');
  expect(answerRule({ type: 'milestone', id: 'paying' }, facts, 9).answer).toBe('yes');
  expect(answerRule({ type: 'milestone', id: 'other' }, facts, 9).answer).toBe('no');
});
