import { type AcceptedEvent, eventName, propertiesOf } from '../kernel/event.ts';
import { canonical, type Json, type JsonObject } from '../kernel/json.ts';
import { own } from '../kernel/own.ts';
import type { EventFact } from '../rules/facts.ts';
import { foldFeature, mergeTimes } from '../rules/features.ts';
import { rememberedTimes } from '../rules/rule.ts';
import { isCounted, type KeyedFeature } from './fact-index.ts';
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
  const known = own(before.events, name);
  const counted = known !== undefined || Object.keys(before.events).length < maximumNames;
  const events = counted ? { ...before.events, [name]: countEvent(known, event.time) } : before.events;
  const apart = counted && features.length > 0 ? foldFeatures(before, event, features) : {};
  return {
    doc: { ...traits.doc, ...apart, events, ties: keyed.ties, folded: before.folded + 1 },
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

/** Milliseconds whose next free tie is remembered. */
export const rememberedMilliseconds = 16;
const tiesPerMillisecond = 4096;
const lateTies = 3072;

/**
 * The order key `time * 4096 + tie`. The tie counts arrivals in one millisecond; a full one runs on into the
 * next. For a millisecond that is no longer remembered (a late event) the tie is taken from the upper quarter by
 * a running number, so that it does not meet the ties given at the time; should it, engines break the tie by
 * log position.
 */
export function nextKey(doc: Pick<PersonDoc, 'ties' | 'folded'>, time: number): { readonly k: number; readonly ties: PersonDoc['ties'] } {
  const last = doc.ties.at(-1);
  // Nearly every event is later than all before it.
  if (last === undefined || time > last[0])
    return { k: time * tiesPerMillisecond, ties: [...doc.ties.slice(1 - rememberedMilliseconds), [time, 1]] };
  // What follows an event has its time.
  if (time === last[0] && last[1] < tiesPerMillisecond)
    return { k: time * tiesPerMillisecond + last[1], ties: [...doc.ties.slice(0, -1), [time, last[1] + 1]] };
  const used = new Map(doc.ties);
  const oldest = doc.ties[0]?.[0];
  let millisecond = time;
  while ((used.get(millisecond) ?? 0) >= tiesPerMillisecond) millisecond++;
  const late = !used.has(millisecond) && doc.ties.length >= rememberedMilliseconds && oldest !== undefined && millisecond < oldest;
  if (late) return { k: millisecond * tiesPerMillisecond + lateTies + (doc.folded % (tiesPerMillisecond - lateTies)), ties: doc.ties };
  const tie = used.get(millisecond) ?? 0;
  used.set(millisecond, tie + 1);
  const ties = [...used].sort(([a], [b]) => a - b).slice(-rememberedMilliseconds);
  return { k: millisecond * tiesPerMillisecond + tie, ties };
}
