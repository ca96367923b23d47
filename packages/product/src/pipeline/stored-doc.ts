import type { Json } from '../kernel/json.ts';
import type { StoredForm } from '../ports/db/db.ts';
import type { EventFact } from '../rules/facts.ts';
import type { PersonDoc } from './subject-doc.ts';

type Instants = Readonly<Record<string, number>>;

/** The times of an event: the first as the distance from the document's base, each other from the one before it. */
type Distances = readonly number[];

/**
 * How a count lies in the store: the distances alone while all times are remembered, otherwise with how often and
 * when first. What fits neither (a count brought in without times) lies as it is.
 */
type StoredFact = Distances | { readonly n: number; readonly f: number; readonly r: Distances } | EventFact;

/**
 * A person's document as the store keeps it. The instants of milestones, own traits, wakes, events and ties are
 * distances from `base`, epoch milliseconds; all others are as they are.
 */
interface StoredPersonDoc extends Omit<PersonDoc, 'events'> {
  readonly base: number;
  readonly events: Readonly<Record<string, StoredFact>>;
}

/** What the first versions wrote: all instants as they are, each with its tie in a list of its own. */
interface FirstPersonDoc extends Omit<PersonDoc, 'ties'> {
  readonly ties: readonly (readonly [number, number])[];
}

/**
 * A person's document as it is written: instants as distances. An instant has 13 digits and is the most of a
 * document; a distance has few, and takes a tenth of the time to become text. Every event of a person writes the
 * document, so this is the time of applying. The members keep their order: a replay, which loads nothing, then writes
 * the same text.
 */
export const personDocForm: StoredForm = {
  store: (doc) => store(doc as unknown as PersonDoc) as unknown as Json,
  load: (stored) => {
    const known = stored as unknown as StoredPersonDoc | FirstPersonDoc;
    return ('base' in known ? load(known) : { ...known, ties: known.ties.flat() }) as unknown as Json;
  },
};

/** Two documents of a merge, as they were: each as rows have it, but for ties that the first versions kept in pairs. */
export const mergeBeforeForm: StoredForm = {
  store: (before) => before,
  load: (stored) => {
    const before = stored as unknown as Readonly<Record<'from' | 'to', { readonly doc: PersonDoc | FirstPersonDoc }>> | null;
    if (before === null) return null;
    return { from: withFlatTies(before.from), to: withFlatTies(before.to) } as unknown as Json;
  },
};

function withFlatTies<Person extends { readonly doc: PersonDoc | FirstPersonDoc }>(person: Person): Person {
  return { ...person, doc: { ...person.doc, ties: person.doc.ties.flat() } };
}

function store(doc: PersonDoc): StoredPersonDoc {
  const base = doc.ties[0] ?? 0;
  return changed({ base } as StoredPersonDoc, doc, (part, value) => {
    switch (part) {
      case 'traitTimes':
      case 'milestones':
      case 'untils':
        return moved(value as Instants, -base);
      case 'events':
        return mapped(value as PersonDoc['events'], (fact) => storeFact(fact, base));
      case 'ties':
        return movedTies(value as PersonDoc['ties'], -base);
      default:
        return value;
    }
  });
}

function load(stored: StoredPersonDoc): PersonDoc {
  const { base } = stored;
  return changed({} as PersonDoc, stored, (part, value) => {
    switch (part) {
      case 'base':
        return undefined;
      case 'traitTimes':
      case 'milestones':
      case 'untils':
        return moved(value as Instants, base);
      case 'events':
        return mapped(value as StoredPersonDoc['events'], (fact) => loadFact(fact, base));
      case 'ties':
        return movedTies(value as PersonDoc['ties'], base);
      default:
        return value;
    }
  });
}

/** Every part of `from` as `change` makes it, in its order; one that becomes undefined is left out. */
function changed<To extends object>(to: To, from: object, change: (part: string, value: unknown) => unknown): To {
  const parts = to as Record<string, unknown>;
  for (const part in from) {
    const value = change(part, from[part as keyof typeof from]);
    if (value !== undefined) parts[part] = value;
  }
  return to;
}

function movedTies(ties: PersonDoc['ties'], by: number): number[] {
  return ties.map((number, index) => (index % 2 === 0 ? number + by : number));
}

function storeFact(fact: EventFact, base: number): StoredFact {
  const { count, first, last, recent } = fact;
  if (recent.length === 0 || recent.at(-1) !== last) return fact;
  const distances = distancesOf(recent, base);
  return count === recent.length && recent[0] === first ? distances : { n: count, f: first - base, r: distances };
}

function loadFact(stored: StoredFact, base: number): EventFact {
  if ('count' in stored) return stored;
  const whole = !('n' in stored);
  const recent = timesOf(whole ? stored : stored.r, base);
  const last = recent.at(-1) ?? base;
  return whole
    ? { count: recent.length, first: recent[0] ?? base, last, recent }
    : { count: stored.n, first: stored.f + base, last, recent };
}

function distancesOf(times: readonly number[], base: number): number[] {
  let before = base;
  return times.map((time) => {
    const distance = time - before;
    before = time;
    return distance;
  });
}

function timesOf(distances: Distances, base: number): number[] {
  let time = base;
  return distances.map((distance) => {
    time += distance;
    return time;
  });
}

function moved(instants: Instants, by: number): Record<string, number> {
  return mapped(instants, (instant) => instant + by);
}

/** Names come from senders: assigning `__proto__` would set what every object has instead of a member. */
function mapped<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  const result: Record<string, To> = {};
  for (const name in record) {
    if (name === '__proto__') return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
    result[name] = change(record[name] as From);
  }
  return result;
}
