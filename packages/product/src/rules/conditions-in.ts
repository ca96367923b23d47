import type { Condition, Rule } from './rule.ts';

/** Every condition of a rule, outermost and first first. */
export function conditionsIn(rule: Rule): Condition[] {
  switch (rule.type) {
    case 'all':
    case 'any':
    case 'at_least':
      return rule.of.flatMap(conditionsIn);
    case 'not':
      return conditionsIn(rule.rule);
    default:
      return [rule];
  }
}
