import { type Answer, type Finding, opposite, type Verdict } from './answer.ts';
import { answerCondition } from './answer-condition.ts';
import { countParts, type Group, neededOf } from './count-parts.ts';
import type { Facts } from './facts.ts';
import type { Condition, Rule } from './rule.ts';

/** The answer of a rule, why it is so, and for how long. */
export interface Evaluation extends Verdict {
  /** The same tree as the rule, each node with its own answer. */
  readonly why: Why;
}

/** One node of an explanation. */
export interface Why {
  readonly rule: Rule;
  readonly answer: Answer;
  /** What was found: the value of the trait, the count, the path. Absent where nothing was known. */
  readonly found?: unknown;
  readonly parts?: readonly Why[];
}

/**
 * Evaluates a rule over facts at an instant. Three-valued (Kleene): what is not known is `unknown`, and an
 * unknown part decides nothing by itself.
 *
 * @param now epoch milliseconds
 */
export function evaluate(rule: Rule, facts: Facts, now: number): Evaluation {
  switch (rule.type) {
    case 'all':
    case 'any':
    case 'at_least':
      return evaluateGroup(rule, facts, now);
    case 'not': {
      const inner = evaluate(rule.rule, facts, now);
      const answer = opposite(inner.answer);
      return evaluationOf({ rule, answer, parts: [inner.why] }, inner.until);
    }
    default:
      return explain(rule, answerCondition(rule, facts, now));
  }
}

function evaluateGroup(rule: Group, facts: Facts, now: number): Evaluation {
  const parts = rule.of.map((part) => evaluate(part, facts, now));
  const { answer, until } = countParts(neededOf(rule), parts.length, (index) => parts[index] as Evaluation);
  return evaluationOf({ rule, answer, parts: parts.map(({ why }) => why) }, until);
}

function explain(rule: Condition, { answer, found, until }: Finding): Evaluation {
  return evaluationOf(found === undefined ? { rule, answer } : { rule, answer, found }, until);
}

function evaluationOf(why: Why, until: number | undefined): Evaluation {
  return until === undefined ? { answer: why.answer, why } : { answer: why.answer, why, until };
}
