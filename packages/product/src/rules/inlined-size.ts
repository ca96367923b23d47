import type { Rule } from './rule.ts';

/** The most conditions and groups that a rule may have when its segments are put in. */
export const largestInlined = 5000;

/**
 * Counts the conditions and groups that `inlineSegments` would make of a rule, without making them: each segment is
 * looked at once, though segments that mention segments twice double with every level.
 *
 * @param ruleOf the published rule of a segment
 */
export function inlinedSize(rule: Rule, ruleOf: (id: string) => Rule | undefined, known = new Map<string, number>()): number {
  const sizeOf = (part: Rule) => inlinedSize(part, ruleOf, known);
  switch (rule.type) {
    case 'all':
    case 'any':
    case 'at_least':
      return rule.of.reduce((sum, part) => sum + sizeOf(part), 1);
    case 'not':
      return 1 + sizeOf(rule.rule);
    case 'segment': {
      const before = known.get(rule.id);
      if (before !== undefined) return before;
      // Nobody is in a segment that leads back to itself: one condition.
      known.set(rule.id, 1);
      const found = ruleOf(rule.id);
      const size = found ? sizeOf(found) : 1;
      known.set(rule.id, size);
      return size;
    }
    default:
      return 1;
  }
}
