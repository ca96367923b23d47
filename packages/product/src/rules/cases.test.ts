import { describe, expect, it } from 'vitest';
import { answerRule } from './answer-rule.ts';
import { conditionsIn } from './conditions-in.ts';
import { evaluate } from './evaluate.ts';
import { featuresOf } from './features.ts';
import { historyOf, naiveAnswer, type World } from './naive-answer.contract.ts';
import { reduce, reduceForPage } from './reduce.ts';
import { type RuleCase, readRuleCases } from './rule-cases.contract.ts';

const hour = 3_600_000;
const files = readRuleCases();

describe.each(files)('$file', ({ cases }) => {
  it.each(cases.map((each) => [each.name, each] as const))('%s', (_name, each) => {
    const { rule, facts, now, answer, until } = each;
    const found = evaluate(rule, facts, now);
    expect({ answer: found.answer, until: found.until }).toEqual({ answer, until });
    expect(found.why).toMatchObject({ rule, answer });
    const lean = answerRule(rule, facts, now);
    expect({ answer: lean.answer, until: lean.until }).toEqual({ answer, until });

    // What the server leaves over says the same in the page.
    const { page, ...known } = facts;
    for (const left of [reduce(rule, known, now), reduceForPage(rule, known, now)]) {
      expect(evaluate(left.rule, page ? { page } : {}, now).answer).toBe(answer);
    }
  });

  it('names every case once', () => {
    const names = cases.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('a plain reading of the language', () => {
  const read = files.flatMap(({ file, cases }) => cases.flatMap((each) => worldOf(each).map((world) => ({ file, each, world }))));

  it('is tried on nearly every case', () => {
    expect(read.length).toBeGreaterThan(700);
  });

  it.each(read.map(({ file, each, world }) => [`${file}: ${each.name}`, each, world] as const))('agrees: %s', (_name, each, world) => {
    const { rule, now, answer, until } = each;
    expect(naiveAnswer(rule, world)).toBe(answer);
    for (const later of instantsAfter(each)) {
      if (until === undefined || later < until) expect([later, naiveAnswer(rule, { ...world, now: later })]).toEqual([later, answer]);
    }
    // A lone condition changes at the very instant that the case names; of equal times that leave a rolling window together one is enough.
    if (until !== undefined && conditionsIn(rule).length === 1 && !hasEqualTimes(each)) {
      expect(naiveAnswer(rule, { ...world, now: until })).not.toBe(answer);
    }
    expect(until ?? now + 1).toBeGreaterThan(now);
  });
});

/** The case as the plain reading takes it; nothing where its facts are not the ones of any history, or where only the zone or pattern is wrong. */
function worldOf({ rule, facts, given, history, now, answer }: RuleCase): World[] {
  const asksFeatures = featuresOf(rule).length > 0;
  const unread = conditionsIn(rule).some(
    (each) => ('zone' in each && each.zone === 'Mars/Olympus') || ('operator' in each && each.operator === 'matches'),
  );
  const strange =
    answer === 'unknown' && conditionsIn(rule).some((each) => 'operator' in each && /^(before|after|days_)/.test(each.operator));
  if (unread || strange) return [];
  if (history) return [{ history, facts: given, now }];
  if (asksFeatures) return [];
  const told = facts.events ? historyOf(facts.events) : undefined;
  return facts.events && !told ? [] : [{ history: told, facts, now }];
}

function hasEqualTimes({ facts }: RuleCase): boolean {
  return Object.values(facts.events ?? {}).some(({ recent }) => new Set(recent).size < recent.length);
}

/** Instants at which something could happen: every few hours for six weeks, either side of what the case names, and when its events leave. */
function instantsAfter({ now, until, history = [], rule }: RuleCase): number[] {
  const spans = conditionsIn(rule).flatMap((each) => ('within' in each && each.within !== undefined ? [each.within] : []));
  const leaving = history.slice(-8).flatMap(({ time }) => spans.flatMap((span) => [time + span - 1, time + span, time + span + 1]));
  const steps = Array.from({ length: 40 }, (_, index) => now + index * 25 * hour);
  return [...leaving, ...steps, ...(until === undefined ? [] : [until - 1])].filter((instant) => instant >= now);
}
