import type { CountOperator, Rule, Scalar, TraitOperator } from '@gangway/product/rules/rule.ts';
import { durationWords } from './duration-words.ts';

export const traitOperatorWords: Readonly<Record<TraitOperator, string>> = {
  equals: 'is',
  not_equals: 'is not',
  contains: 'contains',
  starts_with: 'starts with',
  greater_than: 'is more than',
  less_than: 'is less than',
  exists: 'is known',
  missing: 'is not known',
};

export const countOperatorWords: Readonly<Record<CountOperator, string>> = {
  at_least: 'at least',
  at_most: 'at most',
  exactly: 'exactly',
};

/** A rule as one sentence part, as in “people who …”. Unknown milestones are called by their id. */
export function describeRule(rule: Rule, milestoneName: (id: string) => string): string {
  switch (rule.type) {
    case 'all':
      return rule.of.length === 0 ? 'anyone' : join(rule.of, ' and ', milestoneName);
    case 'any':
      return rule.of.length === 0 ? 'no one' : join(rule.of, ' or ', milestoneName);
    case 'not':
      return `not (${describeRule(rule.rule, milestoneName)})`;
    case 'trait':
      return `${rule.name} ${traitOperatorWords[rule.operator]}${rule.value === undefined ? '' : ` ${valueWords(rule.value)}`}`;
    case 'event':
      return `did “${rule.name}” ${countOperatorWords[rule.operator]} ${rule.times} ${rule.times === 1 ? 'time' : 'times'}${
        rule.within === undefined ? '' : ` in the last ${durationWords(rule.within)}`
      }`;
    case 'milestone':
      return `reached “${milestoneName(rule.id)}”`;
    case 'page':
      return `is on the page ${rule.path}`;
  }
}

function join(rules: readonly Rule[], word: string, milestoneName: (id: string) => string): string {
  const parts = rules.map((part) => {
    const text = describeRule(part, milestoneName);
    return (part.type === 'all' || part.type === 'any') && part.of.length > 1 && rules.length > 1 ? `(${text})` : text;
  });
  return parts.join(word);
}

function valueWords(value: Scalar): string {
  return typeof value === 'string' ? `“${value}”` : String(value);
}

/** True when the rule asks for the page's path anywhere: only the page can decide it. */
export function asksForPage(rule: Rule): boolean {
  if (rule.type === 'all' || rule.type === 'any') return rule.of.some(asksForPage);
  if (rule.type === 'not') return asksForPage(rule.rule);
  return rule.type === 'page';
}
