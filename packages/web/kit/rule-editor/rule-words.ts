import { describeRule } from '@gangway/product/rules/describe.ts';
import type { CountOperator, Rule, TraitOperator } from '@gangway/product/rules/rule.ts';

export const traitOperatorWords: Readonly<Record<TraitOperator, string>> = {
  equals: 'is',
  not_equals: 'is not',
  contains: 'contains',
  starts_with: 'starts with',
  greater_than: 'is greater than',
  less_than: 'is less than',
  exists: 'is known',
  missing: 'is not known',
};

export const countOperatorWords: Readonly<Record<CountOperator, string>> = {
  at_least: 'at least',
  at_most: 'at most',
  exactly: 'exactly',
};

/** A whole rule as one sentence part: “did “Invite Sent” at least 1 time and plan is "pro"”. */
export function ruleSentence(rule: Rule, milestoneName: (id: string) => string): string {
  if (rule.type === 'not') return `not (${ruleSentence(rule.rule, milestoneName)})`;
  if ((rule.type !== 'all' && rule.type !== 'any') || rule.of.length === 0) return describeRule(rule, { milestone: milestoneName });
  const parts = rule.of.map((part) => {
    const text = ruleSentence(part, milestoneName);
    const many = (part.type === 'all' || part.type === 'any') && part.of.length > 1;
    return many && rule.of.length > 1 ? `(${text})` : text;
  });
  return parts.join(rule.type === 'all' ? ' and ' : ' or ');
}

/** True when the rule asks for the page's path anywhere: only the page can decide it. */
export function asksForPage(rule: Rule): boolean {
  if (rule.type === 'all' || rule.type === 'any') return rule.of.some(asksForPage);
  if (rule.type === 'not') return asksForPage(rule.rule);
  return rule.type === 'page';
}
