import { own } from '../kernel/own.ts';
import type { Facts, FeatureFact } from './facts.ts';
import { featureKeysOf } from './features.ts';
import type { Condition } from './rule.ts';

/**
 * What was counted for a condition on events, undefined when it never happened; `unknown` when nothing is known
 * of what it asks.
 *
 * @param index which of the condition's occurrences: a sequence has two
 */
export function eventFact(condition: Condition, facts: Facts, index = 0): FeatureFact | undefined | 'unknown' {
  const key = featureKeysOf(condition)[index] ?? '';
  if (key !== '') return facts.features ? own(facts.features, key) : 'unknown';
  return facts.events ? own(facts.events, nameOf(condition, index)) : 'unknown';
}

function nameOf(condition: Condition, index: number): string {
  if (condition.type === 'sequence') return index === 0 ? condition.first.name : condition.then.name;
  return 'name' in condition ? condition.name : '';
}
