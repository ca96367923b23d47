import { zoneOf } from '../kernel/zone.ts';
import { type Finding, finding, unknown } from './answer.ts';
import { compareDate } from './dates.ts';
import { eventFact } from './event-facts.ts';
import type { Facts } from './facts.ts';
import type { EventTimeCondition } from './rule.ts';

/** When something was done for the first or the last time; never = no. */
export function answerEventTime(condition: EventTimeCondition, facts: Facts, now: number): Finding {
  const fact = eventFact(condition, facts);
  if (fact === 'unknown') return unknown;
  if (!fact) return finding('no', null);
  const instant = fact[condition.which];
  const zone = zoneOf(condition.zone);
  const compared = zone && compareDate({ instant }, condition, { zone, now });
  return compared ? { ...compared, found: instant } : unknown;
}
