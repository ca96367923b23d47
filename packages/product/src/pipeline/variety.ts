import { type AcceptedEvent, eventName } from '../kernel/event.ts';
import { isObject, type Json, type JsonObject } from '../kernel/json.ts';

/** How many different things an environment may have. What is above is kept, under one name for all. */
export interface VarietyCaps {
  /** Names of track calls. */
  readonly eventNames: number;
  /** Keys of the properties or traits of one event name. */
  readonly propertiesPerEvent: number;
  readonly people: number;
}

/** Far above what a product has; a bug that puts an id into a name meets them within an hour. */
export const defaultVarietyCaps: VarietyCaps = { eventNames: 2_000, propertiesPerEvent: 500, people: 5_000_000 };

/** The name of events whose own name is one too many; their own name is their property {@link ownNameKey}. */
export const otherEvents = '(other events)';
export const ownNameKey = '$name';
/** The property in which values lie whose keys are too many. */
export const moreKey = '$more';
const longestKey = 200;

/** Words that an environment knows: names of events under `''`, keys of properties under the event's name. */
export type Vocabulary = ReadonlyMap<string, ReadonlySet<string>>;

/** A word that was one too many, and in how many events. */
export interface CappedWord {
  readonly kind: 'event' | 'property' | 'people';
  /** The event's name, for a property. */
  readonly of: string;
  readonly word: string;
  readonly count: number;
}

export interface Bounded {
  readonly events: readonly AcceptedEvent[];
  /** Words to add to the vocabulary. */
  readonly learned: ReadonlyMap<string, readonly string[]>;
  readonly capped: readonly CappedWord[];
}

/** The parts of a vocabulary that events touch. */
export function vocabularyOf(events: readonly AcceptedEvent[]): string[] {
  return [...new Set(['', otherEvents, ...events.map(eventName)])];
}

/**
 * Keeps the number of different names and keys below the caps: an event above them goes on under one name for
 * all, a value above them under one key, and nothing of either is thrown away. Pure; the answer is written into
 * the log, so that a replay decides nothing anew.
 *
 * @param own names that are ours: they are never too many, or a flood of others would stop our own guides
 */
export function boundVariety(
  events: readonly AcceptedEvent[],
  input: { readonly known: Vocabulary; readonly caps: VarietyCaps; readonly own: ReadonlySet<string> },
): Bounded {
  const words = new Words(input.known);
  const capped = new Map<string, CappedWord>();
  const note = (word: Omit<CappedWord, 'count'>) => {
    const key = JSON.stringify([word.kind, word.of, word.word]);
    capped.set(key, { ...word, count: (capped.get(key)?.count ?? 0) + 1 });
  };
  const bounded = events.map((event) => {
    const named = boundName(event, { words, most: input.caps.eventNames, own: input.own, note });
    return boundKeys(named, { words, most: input.caps.propertiesPerEvent, note });
  });
  return { events: bounded, learned: words.learned(), capped: [...capped.values()] };
}

/** What is known and what is learned on the way. */
class Words {
  readonly #known: Vocabulary;
  readonly #new = new Map<string, Set<string>>();

  constructor(known: Vocabulary) {
    this.#known = known;
  }

  /** Whether the word is one of those that may be; it becomes one while there is room. */
  admit(of: string, word: string, most: number): boolean {
    const known = this.#known.get(of);
    const fresh = this.#new.get(of);
    if (known?.has(word) || fresh?.has(word)) return true;
    if ((known?.size ?? 0) + (fresh?.size ?? 0) >= most) return false;
    if (fresh) fresh.add(word);
    else this.#new.set(of, new Set([word]));
    return true;
  }

  learned(): ReadonlyMap<string, readonly string[]> {
    return new Map([...this.#new].map(([of, words]) => [of, [...words]]));
  }
}

interface Bounds {
  readonly words: Words;
  readonly most: number;
  note(word: Omit<CappedWord, 'count'>): void;
}

function boundName(event: AcceptedEvent, { words, most, own, note }: Bounds & { own: ReadonlySet<string> }): AcceptedEvent {
  const name = event.event ?? '';
  if (event.type !== 'track' || name === otherEvents || own.has(name) || words.admit('', name, most)) return event;
  note({ kind: 'event', of: '', word: name });
  return { ...event, event: otherEvents, properties: { ...event.properties, [ownNameKey]: name } };
}

function boundKeys(event: AcceptedEvent, bounds: Bounds): AcceptedEvent {
  const of = eventName(event);
  const properties = event.properties && split(event.properties, of, bounds);
  const traits = event.traits && split(event.traits, of, bounds);
  if (properties === event.properties && traits === event.traits) return event;
  return { ...event, ...(properties ? { properties } : {}), ...(traits ? { traits } : {}) };
}

/** The same object when nothing is too much. */
function split(values: JsonObject, of: string, { words, most, note }: Bounds): JsonObject {
  const more: [string, Json][] = [];
  for (const key in values) {
    if (key === ownNameKey || key === moreKey || (key.length <= longestKey && words.admit(of, key, most))) continue;
    more.push([key, values[key] as Json]);
    note({ kind: 'property', of, word: key.slice(0, longestKey) });
  }
  if (more.length === 0) return values;
  const over = new Set(more.map(([key]) => key));
  const kept = Object.entries(values).filter(([key]) => !over.has(key));
  // A sender may use the key, too: what he put there stays in it.
  const sent = values[moreKey];
  const before = isObject(sent) ? sent : sent === undefined ? {} : { [moreKey]: sent };
  return Object.fromEntries([...kept, [moreKey, { ...before, ...Object.fromEntries(more) }]]);
}
