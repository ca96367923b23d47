import { type AcceptedEvent, eventName, propertiesOf } from '../kernel/event.ts';
import { canonical, type Json, type JsonObject } from '../kernel/json.ts';
import { own } from '../kernel/own.ts';
import type { EventFact } from '../rules/facts.ts';
import { foldFeature, mergeTimes } from '../rules/features.ts';
import { rememberedTimes } from '../rules/rule.ts';
import { isCounted, type KeyedFeature } from './fact-index.ts';
import { nextKey } from './order-keys.ts';
import type { PersonDoc, TimedTraits } from './subject-doc.ts';

/** Different event names that one person's document counts; further names are kept in the warehouse only. */
export const maximumNames = 500;
const maximumTraits = 300;

/** Stage 4's answer: the next document, the event's order key, and the dependency keys that changed. */
export interface Folded {
  readonly doc: PersonDoc;
  readonly k: number;
  readonly changed: readonly string[];
}

/**
 * Stage 4: folds one event into its person's document. Pure, and the same whatever the order of arrival: traits
 * go by event time, counts are sums, first and last are minimum and maximum.
 *
 * @param features those that are counted apart under the event's name
 */
export function foldEvent(before: PersonDoc, event: AcceptedEvent, features: readonly KeyedFeature[]): Folded {
  const name = eventName(event);
  const keyed = nextKey(before, event.time);
  const traits = event.type === 'identify' ? foldTraits(before, event.traits ?? {}, event.time) : { doc: before, changed: [] };
  const known = before.events.get(name);
  const counted = known !== undefined || before.events.size < maximumNames;
  const events = counted ? before.events.with(name, countEvent(known, event.time)) : before.events;
  const doc: PersonDoc = { ...traits.doc, events, ties: keyed.ties, folded: before.folded + 1 };
  return {
    doc: counted && features.length > 0 ? { ...doc, ...foldFeatures(before, event, features) } : doc,
    k: keyed.k,
    changed: counted ? [`event:${name}`, ...traits.changed] : traits.changed,
  };
}

/**
 * Counts an event in the features that have its name. One that does not cover the person's past is left as it is:
 * it stays incomplete until its past is brought in.
 */
function foldFeatures(before: PersonDoc, event: AcceptedEvent, features: readonly KeyedFeature[]): Partial<PersonDoc> {
  const covered = { ...before.covered };
  const facts = { ...before.features };
  for (const each of features) {
    if (!isCounted(before, [each])) continue;
    covered[each.key] = (covered[each.key] ?? 0) + 1;
    const fact = foldFeature(facts[each.key], each.feature, { time: event.time, properties: propertiesOf(event) });
    if (fact) facts[each.key] = fact;
  }
  return { features: facts, covered };
}

/** The latest time per trait wins; `null` forgets it. Also for the traits of an account. */
export function foldTraits<Doc extends TimedTraits>(
  before: Doc,
  traits: JsonObject,
  time: number,
): { readonly doc: Doc; readonly changed: string[] } {
  const newer = Object.entries(traits).filter(([name]) => time >= (own(before.traitTimes, name) ?? Number.NEGATIVE_INFINITY));
  if (newer.length === 0) return { doc: before, changed: [] };
  const values: Record<string, Json> = { ...before.traits };
  const times: Record<string, number> = { ...before.traitTimes };
  const changed: string[] = [];
  for (const [name, value] of newer) {
    if (!Object.hasOwn(times, name) && Object.keys(times).length >= maximumTraits) continue;
    // Equal times: the greater text wins, so that the order of arrival does not decide; what is forgotten is null.
    if (own(times, name) === time && canonical(value) < canonical(own(values, name) ?? null)) continue;
    times[name] = time;
    if (value === null) delete values[name];
    else values[name] = value;
    changed.push(`trait:${name}`);
  }
  return { doc: { ...before, traits: values, traitTimes: times }, changed };
}

function countEvent(before: EventFact | undefined, time: number): EventFact {
  if (!before) return { count: 1, first: time, last: time, recent: [time] };
  return {
    count: before.count + 1,
    first: Math.min(before.first, time),
    last: Math.max(before.last, time),
    recent: time >= before.last ? [...before.recent.slice(1 - rememberedTimes), time] : mergeTimes(before.recent, [time]),
  };
}
