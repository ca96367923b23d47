import type { EventCondition, EventDaysCondition, EventSumCondition } from '@gangway/product/rules/rule.ts';

/** The conditions that count one event, which the form shows as one. */
export type CountCondition = EventCondition | EventSumCondition | EventDaysCondition;
export type Measure = 'times' | 'days' | 'sum';
export type Window = 'ever' | 'rolling' | 'days';

export function measureOf({ type }: CountCondition): Measure {
  return type === 'event' ? 'times' : type === 'event_days' ? 'days' : 'sum';
}

export function windowOf(rule: CountCondition): Window {
  if (rule.days !== undefined) return 'days';
  return rule.type === 'event' && rule.within !== undefined ? 'rolling' : 'ever';
}

/** Counts something else of the same event. A rolling window, which only times can have, becomes calendar days. */
export function withMeasure(rule: CountCondition, measure: Measure, zone: string): CountCondition {
  const common = { name: rule.name, ...(rule.where ? { where: rule.where } : {}), operator: rule.operator };
  const days = windowOf(rule) === 'ever' ? {} : { days: rule.days ?? 7, zone };
  const times = rule.type === 'event_sum' ? 1 : rule.times;
  if (measure === 'times') return { type: 'event', ...common, times, ...days };
  if (measure === 'days') return { type: 'event_days', ...common, times, zone, ...days };
  return { type: 'event_sum', ...common, property: rule.type === 'event_sum' ? rule.property : '', value: times, ...days };
}

/** Another window; the new one begins as a week. */
export function withWindow(rule: CountCondition, window: Window, zone: string): CountCondition {
  const { days: _, ...rest } = rule;
  if (rest.type === 'event_days') return window === 'days' ? { ...rest, days: 7, zone } : rest;
  const { zone: __, ...bare } = rest;
  if (bare.type === 'event_sum') return window === 'days' ? { ...bare, days: 7, zone } : bare;
  const { within: ___, ...plain } = bare;
  if (window === 'rolling') return { ...plain, within: 7 * 86_400_000 };
  return window === 'days' ? { ...plain, days: 7, zone } : plain;
}
