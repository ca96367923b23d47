import { type Zone, zoneOf } from '../kernel/zone.ts';
import { type Answer, type Finding, finding, unknown, yesIf } from './answer.ts';
import { dayChange } from './dates.ts';
import { eventFact } from './event-facts.ts';
import type { Facts, FeatureFact } from './facts.ts';
import type { CountOperator, EventCondition, EventDaysCondition, EventSumCondition } from './rule.ts';
import { thousandths } from './thousandths.ts';

type CountCondition = EventCondition | EventSumCondition | EventDaysCondition;

/** Conditions that count: how often, how much, on how many days. */
export function answerCount(condition: CountCondition, facts: Facts, now: number): Finding {
  const fact = eventFact(condition, facts);
  if (fact === 'unknown') return unknown;
  if (condition.type === 'event' && condition.within !== undefined) return countWithin(condition, condition.within, fact, now);
  const zone = condition.type === 'event_days' || condition.days !== undefined ? zoneOf(condition.zone ?? '') : undefined;
  if (condition.days !== undefined) return zone ? countDays({ condition, days: condition.days, zone }, fact, now) : unknown;
  // The days of a zone that does not exist were never counted.
  if (condition.type === 'event_days' && !zone) return unknown;
  const found = total(condition, fact);
  return finding(holds(condition, found), shown(condition, found));
}

/** Since ever. */
function total(condition: CountCondition, fact: FeatureFact | undefined): number {
  if (condition.type === 'event') return fact?.count ?? 0;
  if (condition.type === 'event_sum') return fact?.sum ?? 0;
  return Object.keys(fact?.days ?? {}).length;
}

function holds(condition: CountCondition, found: number): Answer {
  return compareCount(condition.operator, found, condition.type === 'event_sum' ? thousandths(condition.value) : condition.times);
}

function compareCount(operator: CountOperator, found: number, wanted: number): Answer {
  return yesIf(operator === 'at_least' ? found >= wanted : operator === 'at_most' ? found <= wanted : found === wanted);
}

function shown(condition: CountCondition, found: number): number {
  return condition.type === 'event_sum' ? found / 1000 : found;
}

/** A rolling window. The latest times are remembered, ascending. */
function countWithin(condition: EventCondition, within: number, fact: FeatureFact | undefined, now: number): Finding {
  const times = fact?.recent ?? [];
  let first = times.length;
  while (first > 0 && now - (times[first - 1] ?? 0) < within) first--;
  const count = times.length - first;
  return finding(holds(condition, count), count, nextChange(condition, { times, first }, within));
}

/** As events leave the window the count only falls: the next change is the leaving that crosses the bound. */
function nextChange(
  { times: wanted, operator }: EventCondition,
  { times, first }: { times: readonly number[]; first: number },
  within: number,
): number | undefined {
  const count = times.length - first;
  // The count that is left when the answer has changed.
  let left = -1;
  if (count > wanted) left = operator === 'at_least' ? wanted - 1 : wanted;
  else if (count === wanted && operator !== 'at_most') left = wanted - 1;
  return left < 0 ? undefined : (times[times.length - left - 1] ?? 0) + within;
}

interface DayWindow {
  readonly condition: CountCondition;
  readonly days: number;
  readonly zone: Zone;
}

/** Calendar days, the last of them today. A day that is still to come counts too, as a time to come does in a rolling window. */
function countDays({ condition, days, zone }: DayWindow, fact: FeatureFact | undefined, now: number): Finding {
  const today = zone.dayAt(now);
  const inside = Object.entries(fact?.days ?? {})
    .map(([day, [count, sum]]) => ({
      day: Number(day),
      weight: condition.type === 'event' ? count : condition.type === 'event_sum' ? sum : 1,
    }))
    .filter(({ day }) => day > today - days)
    .sort((a, b) => a.day - b.day);
  const found = inside.reduce((all, { weight }) => all + weight, 0);
  const answer = holds(condition, found);
  let left = found;
  const leaving = inside.find(({ weight }) => {
    left -= weight;
    return holds(condition, left) !== answer;
  });
  return finding(answer, shown(condition, found), dayChange(zone, leaving ? leaving.day + days : Number.POSITIVE_INFINITY, now));
}
