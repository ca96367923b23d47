import type { Verdict } from './answer.ts';
import { answerCondition } from './answer-condition.ts';
import type { Facts } from './facts.ts';
import type { Rule } from './rule.ts';
import { walk } from './walk.ts';

/**
 * The answer of `evaluate`, until the same instant, without the explanation.
 *
 * @param now epoch milliseconds
 */
export function answerRule(rule: Rule, facts: Facts, now: number): Verdict {
  return walk(rule, (condition) => answerCondition(condition, facts, now));
}
