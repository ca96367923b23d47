import { canonical, type Json, type JsonObject } from '../kernel/json.ts';
import { own } from '../kernel/own.ts';
import { zoneOf } from '../kernel/zone.ts';
import { compare } from './compare.ts';
import { conditionsIn } from './conditions-in.ts';
import type { DayFact, EventFact, FeatureFact } from './facts.ts';
import { type Condition, type Occurrence, type Rule, rememberedDays, rememberedTimes } from './rule.ts';
import { thousandths } from './thousandths.ts';

/** What must be counted apart from an event's plain counter, so that a rule can be answered. */
export interface Feature extends Occurrence {
  /** Whose numbers are summed. */
  readonly property?: string;
  /** Where the days that are counted begin and end. */
  readonly zone?: string;
}

/** An event as features see it. */
export interface FeatureEvent {
  /** Epoch milliseconds. */
  readonly time: number;
  readonly properties: JsonObject;
}

/** The features that a rule needs, each once. An event that is asked for by its name alone needs none. */
export function featuresOf(rule: Rule): Feature[] {
  const found = new Map<string, Feature>();
  for (const condition of conditionsIn(rule)) {
    for (const feature of featuresAsked(condition)) if (!isPlain(feature)) found.set(featureKey(feature), feature);
  }
  return [...found.values()];
}

/** What one condition asks to be counted, plain events too. */
function featuresAsked(condition: Condition): Feature[] {
  switch (condition.type) {
    case 'event':
      return [feature(condition, condition.days === undefined ? {} : { zone: condition.zone })];
    case 'event_sum':
      return [feature(condition, { property: condition.property, zone: condition.days === undefined ? undefined : condition.zone })];
    case 'event_days':
      return [feature(condition, { zone: condition.zone })];
    case 'event_time':
      return [feature(condition, {})];
    case 'sequence':
      return [feature(condition.first, {}), feature(condition.then, {})];
    default:
      return [];
  }
}

function feature({ name, where }: Occurrence, more: { property?: string | undefined; zone?: string | undefined }): Feature {
  return {
    name,
    ...(where === undefined || where.length === 0 ? {} : { where }),
    ...(more.property === undefined ? {} : { property: more.property }),
    ...(more.zone === undefined ? {} : { zone: more.zone }),
  };
}

/** Whether an event's plain counter serves. */
export function isPlain({ where, property, zone }: Feature): boolean {
  return where === undefined && property === undefined && zone === undefined;
}

/** Found once a condition, and forgotten with it. */
const keys = new WeakMap<Condition, readonly string[]>();

/** The keys of what a condition asks to be counted, empty where the event's plain counter serves. */
export function featureKeysOf(condition: Condition): readonly string[] {
  let known = keys.get(condition);
  if (!known) {
    known = featuresAsked(condition).map((asked) => (isPlain(asked) ? '' : featureKey(asked)));
    keys.set(condition, known);
  }
  return known;
}

/** One name for equal features: the event's own for a plain one, otherwise canonical JSON. */
export function featureKey(feature: Feature): string {
  return isPlain(feature) ? feature.name : canonical(feature as unknown as Json);
}

/** Whether an event, which has the feature's name, meets all of its conditions; an unknown one is not met. */
function occursIn({ where }: Feature, properties: JsonObject): boolean {
  return where === undefined || where.every((condition) => compare(condition, own(properties, condition.property)) === 'yes');
}

/**
 * Counts one event, which has the feature's name. The same whatever the order of arrival. Gives `before` back
 * when the event's properties do not meet the conditions.
 */
export function foldFeature(
  before: FeatureFact | undefined,
  feature: Feature,
  { time, properties }: FeatureEvent,
): FeatureFact | undefined {
  if (!occursIn(feature, properties)) return before;
  const sum = feature.property === undefined ? undefined : thousandths(own(properties, feature.property));
  const once: FeatureFact = {
    count: 1,
    first: time,
    last: time,
    recent: byDay(feature) ? [] : [time],
    ...(sum === undefined ? {} : { sum }),
  };
  const day = feature.zone === undefined ? undefined : zoneOf(feature.zone)?.dayAt(time);
  const one = day === undefined ? once : { ...once, days: { [day]: [1, sum ?? 0] as const } };
  return before ? mergeFeature(before, one) : one;
}

/** The times of an event are asked of features without property and zone alone. */
function byDay({ property, zone }: Feature): boolean {
  return property !== undefined || zone !== undefined;
}

/** What two people's counts of one feature come to when they are one. */
export function mergeFeature(one: FeatureFact, other: FeatureFact): FeatureFact {
  return {
    ...mergeEventFacts(one, other),
    ...(one.sum === undefined && other.sum === undefined ? {} : { sum: (one.sum ?? 0) + (other.sum ?? 0) }),
    ...(one.days && other.days
      ? { days: mergeDays(one.days, other.days) }
      : (one.days ?? other.days)
        ? { days: one.days ?? other.days ?? {} }
        : {}),
  };
}

/** Counts add up, the latest times remain. */
export function mergeEventFacts(one: EventFact, other: EventFact): EventFact {
  return {
    count: one.count + other.count,
    first: Math.min(one.first, other.first),
    last: Math.max(one.last, other.last),
    recent: mergeTimes(one.recent, other.recent),
  };
}

/** The latest remembered times of two lists in ascending order, ascending. */
export function mergeTimes(one: readonly number[], other: readonly number[]): readonly number[] {
  const inOrder = (one.at(-1) ?? 0) <= (other[0] ?? 0);
  const times = [...one, ...other];
  return (inOrder ? times : times.sort((a, b) => a - b)).slice(-rememberedTimes);
}

function mergeDays(one: Readonly<Record<string, DayFact>>, other: Readonly<Record<string, DayFact>>): Record<string, DayFact> {
  const days = { ...one };
  let added = false;
  for (const [day, [count, sum]] of Object.entries(other)) {
    const known = days[day];
    days[day] = known ? [known[0] + count, known[1] + sum] : [count, sum];
    added ||= known === undefined;
  }
  return added ? newestDays(days) : days;
}

function newestDays(days: Record<string, DayFact>): Record<string, DayFact> {
  const numbers = Object.keys(days);
  if (numbers.length <= rememberedDays) return days;
  const oldest = numbers.map(Number).sort((a, b) => a - b);
  for (const day of oldest.slice(0, numbers.length - rememberedDays)) delete days[day];
  return days;
}
