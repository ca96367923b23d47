import { type Answer, opposite, type Verdict } from './answer.ts';
import { answerCondition } from './answer-condition.ts';
import { countParts, type Group, neededOf } from './count-parts.ts';
import type { Facts } from './facts.ts';
import { always, type Condition, never, type Rule } from './rule.ts';

/** What is left of a rule, and until when that remainder holds. */
export interface Reduction {
  readonly rule: Rule;
  /** Epoch milliseconds; after it the remainder says nothing. Absent = it holds by time. */
  readonly until?: number;
}

/**
 * Replaces everything that `facts` decide by yes or no and keeps the rest:
 * `evaluate(reduce(rule, a), b) = evaluate(rule, a + b)` for facts that do not overlap.
 * A condition that the facts know but cannot compare (a text with a number) stays unknown for ever, and is kept
 * as a condition that no page can answer.
 *
 * @param now epoch milliseconds
 */
export function reduce(rule: Rule, facts: Facts, now: number): Reduction {
  return reduceWith(rule, { facts, now, leave: leftAnywhere });
}

/** As {@link reduce}, for a page: what no page can answer becomes undecidable too, so that nothing of it leaves the server. */
export function reduceForPage(rule: Rule, facts: Facts, now: number): Reduction {
  return reduceWith(rule, { facts, now, leave: leftForPage });
}

function leftAnywhere(condition: Condition, facts: Facts): Rule {
  return undecidableIn(facts, condition) ?? condition;
}

function leftForPage(condition: Condition): Rule {
  return condition.type.startsWith('page') ? condition : undecidable;
}

/** Unknown whatever the page says: a trait that never travels, so no trait's name or value leaves the server. */
const undecidable: Rule = { type: 'trait', name: '', operator: 'exists' };

/** For a condition that these facts know and cannot compare: one of the same kind that no other facts answer either. */
function undecidableIn(facts: Facts, condition: Condition): Rule | undefined {
  if (condition.type !== 'trait') return undefined;
  if (condition.of === undefined) return facts.traits && undecidable;
  return facts.accounts && { type: 'trait', of: condition.of, name: '', operator: 'exists' };
}

interface Reducing {
  readonly facts: Facts;
  readonly now: number;
  /** What stays of a condition without an answer. */
  leave(condition: Condition, facts: Facts): Rule;
}

function reduceWith(rule: Rule, reducing: Reducing): Reduction {
  const { answer, rest, until } = reducePart(rule, reducing);
  const left = answer === 'unknown' ? rest : answer === 'yes' ? always : never;
  return until === undefined ? { rule: left } : { rule: left, until };
}

/** An answer, and what is left of the rule where there is none. */
interface Part extends Verdict {
  readonly rest: Rule;
}

function reducePart(rule: Rule, reducing: Reducing): Part {
  switch (rule.type) {
    case 'all':
    case 'any':
    case 'at_least':
      return reduceGroup(rule, reducing);
    case 'not': {
      const { answer, rest, until } = reducePart(rule.rule, reducing);
      return partOf(opposite(answer), answer === 'unknown' ? { type: 'not', rule: rest } : rule, until);
    }
    default: {
      const { answer, until } = answerCondition(rule, reducing.facts, reducing.now);
      return partOf(answer, answer === 'unknown' ? reducing.leave(rule, reducing.facts) : rule, until);
    }
  }
}

function partOf(answer: Answer, rest: Rule, until: number | undefined): Part {
  return until === undefined ? { answer, rest } : { answer, rest, until };
}

/** The answer as `evaluate` has it; without one, what is decided falls away and the others must make up for it. */
function reduceGroup(group: Group, reducing: Reducing): Part {
  const left: Rule[] = [];
  const needed = neededOf(group);
  let held = 0;
  const { answer, until } = countParts(needed, group.of.length, (index) => {
    const part = reducePart(group.of[index] as Rule, reducing);
    if (part.answer === 'yes') held++;
    else if (part.answer === 'unknown') left.push(part.rest);
    return part;
  });
  return partOf(answer, answer === 'unknown' ? groupOf(needed - held, left) : group, until);
}

function groupOf(count: number, of: readonly Rule[]): Rule {
  if (of.length === 1 && of[0]) return of[0];
  if (count === of.length) return { type: 'all', of };
  return count === 1 ? { type: 'any', of } : { type: 'at_least', count, of };
}
