import { opposite, type Verdict, verdict } from './answer.ts';
import { countParts, neededOf } from './count-parts.ts';
import type { Condition, Rule } from './rule.ts';

/**
 * The answer of a rule whose conditions `ask` answers. Stops as soon as the rest can change nothing, and builds
 * no explanation: this is what runs for every event, and in every page.
 */
export function walk(rule: Rule, ask: (condition: Condition) => Verdict): Verdict {
  switch (rule.type) {
    case 'all':
    case 'any':
    case 'at_least':
      return countParts(neededOf(rule), rule.of.length, (index) => walk(rule.of[index] as Rule, ask));
    case 'not': {
      const { answer, until } = walk(rule.rule, ask);
      return verdict(opposite(answer), until);
    }
    default:
      return ask(rule);
  }
}
