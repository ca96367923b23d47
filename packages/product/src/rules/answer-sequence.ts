import { type Finding, finding, unknown, yesIf } from './answer.ts';
import { eventFact } from './event-facts.ts';
import type { Facts } from './facts.ts';
import type { SequenceCondition } from './rule.ts';

/** One thing, and then another in time. What is found is the time of the thing that decides. */
export function answerSequence(condition: SequenceCondition, facts: Facts, now: number): Finding {
  const [first, then] = [eventFact(condition, facts, 0), eventFact(condition, facts, 1)];
  if (first === 'unknown' || then === 'unknown') return unknown;
  const { within } = condition;
  const { alone, followed } = pair(first?.recent ?? [], then?.recent ?? [], within);
  if (condition.happened) return finding(yesIf(followed !== undefined), followed ?? null);
  if (alone === undefined) return finding('no', null);
  const due = alone + within;
  return due <= now ? finding('yes', alone) : finding('no', alone, due);
}

/** Of ascending times, the first that no other follows within so many milliseconds, and the last that one does. */
function pair(times: readonly number[], others: readonly number[], within: number): { alone?: number; followed?: number } {
  const found: { alone?: number; followed?: number } = {};
  let next = 0;
  for (const time of times) {
    while ((others[next] ?? Number.POSITIVE_INFINITY) <= time) next++;
    if ((others[next] ?? Number.POSITIVE_INFINITY) <= time + within) found.followed = time;
    else found.alone ??= time;
  }
  return found;
}
