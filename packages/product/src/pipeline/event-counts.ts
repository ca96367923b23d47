import type { Json } from '../kernel/json.ts';
import type { JsonText } from '../ports/db/json-text.ts';
import type { EventFact } from '../rules/facts.ts';
import { Names } from './names.ts';

/** The times of an event: the first as the distance from the document's base, each other from the one before it. */
type Distances = readonly number[];

/** How often, when first, as the distance from the base, and the latest times. */
interface Shortened {
  readonly n: number;
  readonly f: number;
  readonly r: Distances;
}

/**
 * How a count lies in the store: the distances alone while all times are remembered, otherwise with how often and
 * when first. What fits neither (a count brought in without times) lies as it is.
 */
export type StoredFact = Distances | Shortened | EventFact;

/** Counts as lists in the store. */
export type StoredCounts = readonly [names: readonly string[], facts: readonly StoredFact[]];

/**
 * What was counted of each event, by name. Never changed; {@link with} gives another. What was read lies as in the store
 * until somebody asks for it: an event concerns one of a person's counts, and the others are written as they were read.
 */
export class EventCounts {
  static readonly none = new EventCounts(Names.none, [], 0);
  readonly heads: Names;
  /** Of each name; distances are from {@link base}. */
  readonly facts: readonly StoredFact[];
  readonly base: number;

  private constructor(heads: Names, facts: readonly StoredFact[], base: number) {
    this.heads = heads;
    this.facts = facts;
    this.base = base;
  }

  static of(facts: Readonly<Record<string, EventFact>>): EventCounts {
    const names = Object.keys(facts);
    return names.length === 0 ? EventCounts.none : new EventCounts(new Names(names), Object.values(facts), 0);
  }

  /** @param stored of a document with this base; kept, so it must be nobody else's */
  static load([names, facts]: StoredCounts, base: number): EventCounts {
    return names.length === 0 ? EventCounts.none : new EventCounts(new Names(names), facts, base);
  }

  /** Different events. */
  get size(): number {
    return this.facts.length;
  }

  /** How often it was counted; 0 = never. */
  count(name: string): number {
    const fact = this.#stored(name);
    if (fact === undefined) return 0;
    if (isDistances(fact)) return fact.length;
    return 'n' in fact ? fact.n : fact.count;
  }

  get(name: string): EventFact | undefined {
    const fact = this.#stored(name);
    return fact && factOf(fact, this.base);
  }

  #stored(name: string): StoredFact | undefined {
    const place = this.heads.find(name);
    // A list is quick with places alone; -1 is to V8 the name of a member.
    return place < 0 ? undefined : this.facts[place];
  }

  /** Whether others say the same of an event because they are made of these or these of them; false where one cannot tell. */
  agrees(other: EventCounts, name: string): boolean {
    return this.base === other.base && this.#stored(name) === other.#stored(name);
  }

  /** These, with another fact for `name`. */
  with(name: string, fact: EventFact): EventCounts {
    const place = this.heads.find(name);
    if (place < 0) return new EventCounts(this.heads.with(name), [...this.facts, fact], this.base);
    const facts = this.facts.slice();
    facts[place] = fact;
    return new EventCounts(this.heads, facts, this.base);
  }

  entries(): [name: string, fact: EventFact][] {
    return this.facts.map((fact, place) => [this.heads.list[place] ?? '', factOf(fact, this.base)]);
  }

  toJSON(): Record<string, EventFact> {
    return Object.fromEntries(this.entries());
  }

  /** As {@link StoredCounts} of a document with this base. */
  write(text: JsonText, base: number): void {
    text.sign('[');
    text.strings(this.heads.list);
    text.sign(',');
    text.sign('[');
    for (let index = 0; index < this.facts.length; index++) {
      if (index > 0) text.sign(',');
      writeStored(this.facts[index] ?? [], this.base - base, text, base);
    }
    text.sign(']');
    text.sign(']');
  }
}

function isDistances(fact: StoredFact): fact is Distances {
  return Array.isArray(fact);
}

function factOf(stored: StoredFact, base: number): EventFact {
  if (isDistances(stored)) {
    const recent = toTimes(stored, base);
    return { count: recent.length, first: recent[0] ?? base, last: recent[recent.length - 1] ?? base, recent };
  }
  if ('count' in stored) return stored;
  const recent = toTimes(stored.r, base);
  return { count: stored.n, first: stored.f + base, last: recent[recent.length - 1] ?? base, recent };
}

function toTimes(distances: Distances, base: number): readonly number[] {
  let time = base;
  return distances.map((distance) => {
    time += distance;
    return time;
  });
}

/** @param shift by how much farther the times are from the base under which they are written */
function writeStored(fact: StoredFact, shift: number, text: JsonText, base: number): void {
  if (isDistances(fact)) writeDistances(fact, shift, text);
  else if ('n' in fact) writeShortened(fact.n, fact.f + shift, text, () => writeDistances(fact.r, shift, text));
  else writeFact(fact, base, text);
}

function writeFact(fact: EventFact, base: number, text: JsonText): void {
  const { count, first, last, recent } = fact;
  if (recent.length === 0 || recent[recent.length - 1] !== last) text.value(fact as unknown as Json);
  else if (count === recent.length && recent[0] === first) writeTimes(recent, base, text);
  else writeShortened(count, first - base, text, () => writeTimes(recent, base, text));
}

function writeShortened(count: number, first: number, text: JsonText, writeRecent: () => void): void {
  text.sign('{');
  text.name('n');
  text.number(count);
  text.sign(',');
  text.name('f');
  text.number(first);
  text.sign(',');
  text.name('r');
  writeRecent();
  text.sign('}');
}

/** Every list of a document has a loop of its own: one for all, with a function for each value, takes a third longer. */
function writeDistances(distances: Distances, shift: number, text: JsonText): void {
  text.sign('[');
  for (let index = 0; index < distances.length; index++) {
    if (index > 0) text.sign(',');
    text.number((distances[index] ?? 0) + (index === 0 ? shift : 0));
  }
  text.sign(']');
}

function writeTimes(times: readonly number[], base: number, text: JsonText): void {
  let before = base;
  text.sign('[');
  for (let index = 0; index < times.length; index++) {
    const time = times[index] ?? 0;
    if (index > 0) text.sign(',');
    text.number(time - before);
    before = time;
  }
  text.sign(']');
}
