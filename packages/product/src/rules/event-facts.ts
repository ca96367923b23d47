import { own } from '../kernel/own.ts';
import type { Facts, FeatureFact } from './facts.ts';
import { featureKeysOf } from './features.ts';
import type { EventCondition, EventDaysCondition, EventSumCondition, EventTimeCondition, SequenceCondition } from './rule.ts';

/** A condition on events. */
type EventQuestion = EventCondition | EventSumCondition | EventDaysCondition | EventTimeCondition | SequenceCondition;

/**
 * What was counted for a condition on events, undefined when it never happened; `unknown` when nothing is known
 * of what it asks.
 *
 * @param index which of the condition's occurrences: a sequence has two
 */
export function eventFact(condition: EventQuestion, facts: Facts, index = 0): FeatureFact | undefined | 'unknown' {
  const { name, where } = condition.type === 'sequence' ? (index === 0 ? condition.first : condition.then) : condition;
  const apart = where !== undefined || condition.type === 'event_sum' || condition.type === 'event_days' || 'days' in condition;
  const key = apart ? featureKeysOf(condition)[index] : undefined;
  if (key) return facts.features ? own(facts.features, key) : 'unknown';
  if (facts.eventOf) return facts.eventOf(name);
  return facts.events ? own(facts.events, name) : 'unknown';
}
