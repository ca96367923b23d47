import { never, type Rule } from './rule.ts';

/**
 * A rule with every segment replaced by that segment's own rule, so that no engine meets one. A segment that is
 * not published, or that leads back to itself, has nobody in it.
 *
 * @param ruleOf the published rule of a segment
 */
export function inlineSegments(rule: Rule, ruleOf: (id: string) => Rule | undefined, within: readonly string[] = []): Rule {
  switch (rule.type) {
    case 'all':
    case 'any':
    case 'at_least': {
      const of = rule.of.map((part) => inlineSegments(part, ruleOf, within));
      // The same object where nothing changed: what was found out about a rule is remembered by it.
      return of.every((part, index) => part === rule.of[index]) ? rule : { ...rule, of };
    }
    case 'not': {
      const inner = inlineSegments(rule.rule, ruleOf, within);
      return inner === rule.rule ? rule : { ...rule, rule: inner };
    }
    case 'segment': {
      const found = within.includes(rule.id) ? undefined : ruleOf(rule.id);
      return found ? inlineSegments(found, ruleOf, [...within, rule.id]) : never;
    }
    default:
      return rule;
  }
}
