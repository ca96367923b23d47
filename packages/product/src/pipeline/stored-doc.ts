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
interface StoredPersonDoc extends Omit<PersonDoc, 'events' | 'ties'> {
  /** Absent in what an earlier version wrote. */
  readonly base?: number;
  readonly events: Readonly<Record<string, StoredFact>>;
  /** Distance, tie, distance, tie … */
  readonly ties: readonly number[];
}

/**
 * A person's document as it is written: instants as distances. An instant has 13 digits and is the most of a
 * document; a distance has few, and takes a tenth of the time to become text. Every event of a person writes the
 * document, so this is the time of applying. What an earlier version wrote has no base and is taken as it is.
 */
export const personDocForm: StoredForm = {
  store: (doc) => store(doc as unknown as PersonDoc) as unknown as Json,
  load: (stored) => {
    const { base, ...doc } = stored as unknown as StoredPersonDoc;
    return (base === undefined ? doc : load(doc, base)) as unknown as Json;
  },
};

function store(doc: PersonDoc): StoredPersonDoc {
  const base = doc.ties[0]?.[0] ?? 0;
  return {
    ...doc,
    base,
    milestones: moved(doc.milestones, -base),
    traitTimes: moved(doc.traitTimes, -base),
    untils: moved(doc.untils, -base),
    events: mapped(doc.events, (fact) => storeFact(fact, base)),
    ties: flatOf(doc.ties, base),
  };
}

function load(doc: Omit<StoredPersonDoc, 'base'>, base: number): PersonDoc {
  return {
    ...doc,
    milestones: moved(doc.milestones, base),
    traitTimes: moved(doc.traitTimes, base),
    untils: moved(doc.untils, base),
    events: mapped(doc.events, (fact) => loadFact(fact, base)),
    ties: pairsOf(doc.ties).map(([distance, tie]) => [distance + base, tie] as const),
  };
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

function flatOf(ties: PersonDoc['ties'], base: number): number[] {
  const flat: number[] = [];
  for (const tie of ties) flat.push(tie[0] - base, tie[1]);
  return flat;
}

function pairsOf(flat: readonly number[]): [number, number][] {
  return Array.from({ length: flat.length / 2 }, (_, index) => [flat[2 * index] ?? 0, flat[2 * index + 1] ?? 0]);
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
