import { conditionsIn } from './conditions-in.ts';
import type { Condition, Rule } from './rule.ts';

const ofPage: ReadonlySet<Condition['type']> = new Set(['page', 'page_query', 'page_host']);
const ofPerson: ReadonlySet<Condition['type']> = new Set(['event', 'event_sum', 'event_days', 'event_time', 'sequence', 'content']);

/** Whether some condition can be answered by an open page alone. */
export function asksForPage(rule: Rule): boolean {
  return conditionsIn(rule).some(({ type }) => ofPage.has(type));
}

/** Whether some condition speaks of what only a person has: events, contents, accounts. */
export function asksForPerson(rule: Rule): boolean {
  return conditionsIn(rule).some((condition) => ofPerson.has(condition.type) || (condition.type === 'trait' && condition.of !== undefined));
}
