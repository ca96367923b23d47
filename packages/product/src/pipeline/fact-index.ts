import { dependencies } from '../rules/dependencies.ts';
import { type Feature, featureKey, featuresOf } from '../rules/features.ts';
import type { Rule } from '../rules/rule.ts';
import type { PersonDoc } from './subject-doc.ts';

/** What rules of people ask to be kept besides the plain facts. */
export interface Needs {
  /** What is counted apart. */
  readonly features: readonly Feature[];
  /** Names of account traits that people get copies of. */
  readonly accountTraits: readonly string[];
}

/** A feature with its name in documents. */
export interface KeyedFeature {
  readonly key: string;
  readonly feature: Feature;
}

export function keyed(features: readonly Feature[]): KeyedFeature[] {
  return features.map((feature) => ({ key: featureKey(feature), feature }));
}

/** What these rules of people need, each once. */
export function needsOf(rules: readonly Rule[]): Needs {
  const features = new Map(keyed(rules.flatMap(featuresOf)).map(({ key, feature }) => [key, feature]));
  return { features: [...features.values()], accountTraits: namesOf(keysOf(rules), 'account:') };
}

function keysOf(rules: readonly Rule[]): string[] {
  return [...new Set(rules.flatMap((rule) => [...dependencies(rule)]))];
}

function namesOf(keys: readonly string[], prefix: string): string[] {
  return keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}

/** What of a person's past and accounts is kept for rules. */
export interface FactIndex {
  featuresFor(name: string): readonly KeyedFeature[];
  feature(key: string): KeyedFeature | undefined;
  counts(key: string): boolean;
  copies(trait: string): boolean;
  readonly accountTraits: ReadonlySet<string>;
  readonly accountKeys: readonly string[];
}

const none: readonly KeyedFeature[] = [];

/**
 * @param rules the live rules of people
 * @param preparing what versions ask for that are about to be published
 */
export function factIndex(rules: readonly Rule[], preparing: readonly Needs[]): FactIndex {
  const live = needsOf(rules);
  const wanted = [live, ...preparing];
  const byKey = new Map(keyed(wanted.flatMap(({ features }) => features)).map((one) => [one.key, one]));
  const byName = new Map<string, KeyedFeature[]>();
  for (const each of byKey.values()) {
    byName.set(each.feature.name, [...(byName.get(each.feature.name) ?? []), each]);
  }
  const counted = new Set(keyed(live.features).map(({ key }) => key));
  const copied = new Set(live.accountTraits);
  return {
    featuresFor: (name) => byName.get(name) ?? none,
    feature: (key) => byKey.get(key),
    counts: (key) => counted.has(key),
    copies: (trait) => copied.has(trait),
    accountTraits: new Set(wanted.flatMap(({ accountTraits }) => accountTraits)),
    accountKeys: keysOf(rules).filter((key) => key.startsWith('account:') || key.startsWith('membership:')),
  };
}

/**
 * Whether everything that the person ever did under these features' names is counted in them. While the past is
 * being brought in it may not be: then nothing is said rather than something wrong.
 */
export function isCounted({ covered, events }: Pick<PersonDoc, 'covered' | 'events'>, features: readonly KeyedFeature[]): boolean {
  for (const { key, feature } of features) if ((covered?.[key] ?? 0) !== events.count(feature.name)) return false;
  return true;
}
