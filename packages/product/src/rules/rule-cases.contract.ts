import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { JsonObject } from '../kernel/json.ts';
import type { Answer } from './answer.ts';
import type { EventFact, Facts, FeatureFact } from './facts.ts';
import { type FeatureEvent, featureKey, featuresOf, foldFeature } from './features.ts';
import type { Rule } from './rule.ts';

/** An event of a case's history, in the order of arrival. */
export interface HistoryEvent extends FeatureEvent {
  readonly name: string;
}

/** A case of `spec/rules`, with instants as epoch milliseconds and the facts that follow from its history. */
export interface RuleCase {
  readonly name: string;
  readonly rule: Rule;
  readonly facts: Facts;
  /** The facts as the case gives them, without those of its history. */
  readonly given: Facts;
  /** Undefined where the case gives ready facts alone. */
  readonly history: readonly HistoryEvent[] | undefined;
  readonly now: number;
  readonly answer: Answer;
  readonly until: number | undefined;
}

interface WrittenCase {
  readonly name: string;
  readonly rule: Rule;
  readonly facts?: Facts;
  readonly history?: readonly { readonly name: string; readonly time: string | number; readonly properties?: JsonObject }[];
  readonly now: string | number;
  readonly answer: Answer;
  readonly until?: string | number;
}

const folder = resolve(import.meta.dirname, '../../../../spec/rules');

/** Every file of `spec/rules` with its cases. */
export function readRuleCases(): readonly { readonly file: string; readonly cases: readonly RuleCase[] }[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.map((file) => ({
    file,
    cases: (JSON.parse(readFileSync(join(folder, file), 'utf8')) as readonly WrittenCase[]).map(readCase),
  }));
}

function readCase({ name, rule, facts: given = {}, history: written, now, answer, until }: WrittenCase): RuleCase {
  const history = written?.map((event) => ({ name: event.name, time: instant(event.time), properties: event.properties ?? {} }));
  const facts = history ? { ...given, ...countHistory(rule, history) } : given;
  return { name, rule, facts, given, history, now: instant(now), answer, until: until === undefined ? undefined : instant(until) };
}

function instant(value: string | number): number {
  return typeof value === 'number' ? value : Date.parse(value);
}

/** What the pipeline would have counted for a rule when these events have arrived, in this order. */
export function countHistory(rule: Rule, history: readonly HistoryEvent[]): Required<Pick<Facts, 'events' | 'features'>> {
  const events: Record<string, EventFact> = {};
  const features: Record<string, FeatureFact> = {};
  const asked = featuresOf(rule);
  for (const event of history) {
    events[event.name] = foldFeature(events[event.name], { name: event.name }, event) as EventFact;
    for (const feature of asked) {
      const fact = feature.name === event.name ? foldFeature(features[featureKey(feature)], feature, event) : undefined;
      if (fact) features[featureKey(feature)] = fact;
    }
  }
  return { events, features };
}
