import { describeRule, type Names } from '@gangway/product/rules/describe.ts';
import type { Rule } from '@gangway/product/rules/rule.ts';

/** A whole rule as one sentence part: “did “Invite Sent” at least 1 time and plan is "pro"”. */
export function ruleSentence(rule: Rule, names: Names): string {
  if (rule.type === 'not') return `not (${ruleSentence(rule.rule, names)})`;
  const group = rule.type === 'all' || rule.type === 'any' || rule.type === 'at_least';
  if (!group || rule.of.length === 0) return describeRule(rule, names);
  const parts = rule.of.map((part) => {
    const text = ruleSentence(part, names);
    const many = (part.type === 'all' || part.type === 'any' || part.type === 'at_least') && part.of.length > 1;
    return many && rule.of.length > 1 ? `(${text})` : text;
  });
  if (rule.type === 'at_least') return `at least ${rule.count} of: ${parts.join('; ')}`;
  return parts.join(rule.type === 'all' ? ' and ' : ' or ');
}
