import type { Json, JsonObject } from '../kernel/json.ts';
import type { FeatureFact } from '../rules/facts.ts';
import { foldFeature } from '../rules/features.ts';
import { isCounted, type KeyedFeature } from './fact-index.ts';
import type { PastEvent } from './past-events.ts';
import type { PersonRow } from './tables.ts';

/** One person's past under some features: events covered and what they came to, in the features' order. */
export interface CountedPast {
  readonly person: string;
  readonly facts: readonly (readonly [covered: number, fact: Json])[];
}

/** The people whose past is not counted in these features yet. */
export function uncounted(rows: readonly PersonRow[], features: readonly KeyedFeature[]): PersonRow[] {
  return rows.filter((row) => row.mergedInto === null && !isCounted(row.doc, features));
}

/**
 * Counts what people did before their features were counted. Only of those for whom the warehouse holds exactly
 * what was folded: of anybody else it has not heard everything yet.
 */
export function countPast(people: readonly PersonRow[], features: readonly KeyedFeature[], events: readonly PastEvent[]): CountedPast[] {
  const byPerson = new Map<number, PastEvent[]>();
  for (const event of events) {
    const own = byPerson.get(event.person);
    if (own) own.push(event);
    else byPerson.set(event.person, [event]);
  }
  return people.flatMap((row): CountedPast[] => {
    const own = byPerson.get(row.number) ?? [];
    const complete = features.every(({ feature }) => ofName(own, feature.name).length === row.doc.events.count(feature.name));
    if (!complete) return [];
    return [{ person: row.id, facts: features.map((each): [number, Json] => countOne(ofName(own, each.feature.name), each)) }];
  });
}

function ofName(events: readonly PastEvent[], name: string): PastEvent[] {
  return events.filter((event) => event.name === name);
}

function countOne(events: readonly PastEvent[], { feature }: KeyedFeature): [covered: number, fact: Json] {
  let fact: FeatureFact | undefined;
  for (const { k, properties } of events) {
    fact = foldFeature(fact, feature, { time: Math.floor(k / 4096), properties: JSON.parse(properties) as JsonObject });
  }
  return [events.length, (fact ?? null) as Json];
}
