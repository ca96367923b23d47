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

type OptionalPart = { [Part in keyof PersonDoc]-?: object extends Pick<PersonDoc, Part> ? Part : never }[keyof PersonDoc];

/** The parts that a document may lack, each in the store as it is. An object, so that none can be forgotten here. */
const optionalParts = Object.keys({
  cohorts: true,
  features: true,
  covered: true,
  accountTraits: true,
  memberships: true,
  contents: true,
} satisfies Record<OptionalPart, true>) as OptionalPart[];

/**
 * A person's document as it is written: instants as distances. An instant has 13 digits and is the most of a
 * document; a distance has few, and takes a tenth of the time to become text. Every event of a person writes the
 * document, so this is the time of applying. Member by member, because a
 * copy of all and then some others takes twice as long.
 */
export const personDocForm: StoredForm = {
  store: (doc) => store(doc as unknown as PersonDoc) as unknown as Json,
  load: (stored) => {
    const known = stored as unknown as StoredPersonDoc | FirstPersonDoc;
    return ('base' in known ? load(known) : { ...known, ties: known.ties.flat() }) as unknown as Json;
  },
};

function store(doc: PersonDoc): StoredPersonDoc {
  const base = doc.ties[0] ?? 0;
  const stored: StoredPersonDoc = {
    base,
    traits: doc.traits,
    traitTimes: moved(doc.traitTimes, -base),
    milestones: moved(doc.milestones, -base),
    states: doc.states,
    untils: moved(doc.untils, -base),
    events: mapped(doc.events, (fact) => storeFact(fact, base)),
    accounts: doc.accounts,
    ties: doc.ties.map((number, index) => (index % 2 === 0 ? number - base : number)),
    folded: doc.folded,
  };
  return withOptional(stored, doc);
}

function load(stored: StoredPersonDoc): PersonDoc {
  const { base } = stored;
  const doc: PersonDoc = {
    traits: stored.traits,
    traitTimes: moved(stored.traitTimes, base),
    milestones: moved(stored.milestones, base),
    states: stored.states,
    untils: moved(stored.untils, base),
    events: mapped(stored.events, (fact) => loadFact(fact, base)),
    accounts: stored.accounts,
    ties: stored.ties.map((number, index) => (index % 2 === 0 ? number + base : number)),
    folded: stored.folded,
  };
  return withOptional(doc, stored);
}

/** @param doc made a moment ago: it is changed */
function withOptional<Doc extends Pick<PersonDoc, OptionalPart>>(doc: Doc, from: Pick<PersonDoc, OptionalPart>): Doc {
  for (const part of optionalParts) if (from[part] !== undefined) Object.assign(doc, { [part]: from[part] });
  return doc;
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
