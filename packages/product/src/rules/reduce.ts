import { evaluate } from './evaluate.ts';
import type { Facts } from './facts.ts';
import { always, never, type Rule } from './rule.ts';

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
  switch (rule.type) {
    case 'all':
      return reduceParts('all', rule.of, facts, now);
    case 'any':
      return reduceParts('any', rule.of, facts, now);
    case 'not':
      return negate(reduce(rule.rule, facts, now));
    default: {
      const { answer, until } = evaluate(rule, facts, now);
      if (answer !== 'unknown') return withUntil(answer === 'yes' ? always : never, until);
      return { rule: knows(rule, facts) ? undecidable : rule };
    }
  }
}

function negate({ rule, until }: Reduction): Reduction {
  if (sameConstant(rule, always)) return withUntil(never, until);
  return withUntil(sameConstant(rule, never) ? always : { type: 'not', rule }, until);
}

/** Unknown whatever the page says: a trait that never travels, so no trait's name or value leaves the server. */
const undecidable: Rule = { type: 'trait', name: '', operator: 'exists' };

function knows(rule: Rule, facts: Facts): boolean {
  return rule.type === 'trait' && facts.traits !== undefined;
}

/**
 * One decisive part decides, for as long as the last of the deciding ones holds; otherwise what is neutral falls
 * away, and the remainder holds until the first of all parts could change. As `evaluate` has it.
 */
function reduceParts(type: 'all' | 'any', parts: readonly Rule[], facts: Facts, now: number): Reduction {
  const reduced = parts.map((part) => reduce(part, facts, now));
  const [neutral, decisive] = type === 'all' ? [always, never] : [never, always];
  const deciding = reduced.filter((part) => sameConstant(part.rule, decisive));
  if (deciding.length > 0) {
    const open = deciding.some((part) => part.until === undefined);
    return withUntil(decisive, open ? undefined : Math.max(...deciding.map((part) => part.until ?? 0)));
  }
  const left = reduced.filter((part) => !sameConstant(part.rule, neutral));
  const untils = reduced.flatMap((part) => (part.until === undefined ? [] : [part.until]));
  const until = untils.length === 0 ? undefined : Math.min(...untils);
  const only = left.length === 1 ? left[0] : undefined;
  return withUntil(only ? only.rule : { type, of: left.map((part) => part.rule) }, until);
}

function sameConstant(rule: Rule, constant: Rule): boolean {
  return (rule.type === 'all' || rule.type === 'any') && rule.type === constant.type && rule.of.length === 0;
}

function withUntil(rule: Rule, until: number | undefined): Reduction {
  return until === undefined ? { rule } : { rule, until };
}
