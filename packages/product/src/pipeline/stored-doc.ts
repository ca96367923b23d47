import type { Json } from '../kernel/json.ts';
import type { StoredForm } from '../ports/db/db.ts';
import type { JsonText } from '../ports/db/json-text.ts';
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
 * document; a distance has few, and takes a tenth of the time to become text. Every event of a person reads and writes
 * the document, so this is the time of applying. The members keep their order: a replay, which loads nothing, then
 * writes the same text.
 */
export const personDocForm: StoredForm = {
  write: (doc, text) => writeDoc(doc as unknown as PersonDoc, text),
  load: (stored) => {
    const known = stored as unknown as StoredPersonDoc | FirstPersonDoc;
    return ('base' in known ? load(known) : { ...known, ties: known.ties.flat() }) as unknown as Json;
  },
};

/** Two documents of a merge, as they were: each as rows have it, but for ties that the first versions kept in pairs. */
export const mergeBeforeForm: StoredForm = {
  write: (before, text) => text.value(before),
  load: (stored) => {
    const before = stored as unknown as Readonly<Record<'from' | 'to', { readonly doc: PersonDoc | FirstPersonDoc }>> | null;
    if (before === null) return null;
    return { from: withFlatTies(before.from), to: withFlatTies(before.to) } as unknown as Json;
  },
};

function withFlatTies<Person extends { readonly doc: PersonDoc | FirstPersonDoc }>(person: Person): Person {
  return { ...person, doc: { ...person.doc, ties: person.doc.ties.flat() } };
}

function writeDoc(doc: PersonDoc, text: JsonText): void {
  const base = doc.ties[0] ?? 0;
  text.sign('{');
  text.name('base');
  text.number(base);
  for (const part in doc) {
    const value = doc[part as keyof PersonDoc];
    // As JSON does.
    if (value === undefined) continue;
    text.sign(',');
    text.name(part);
    writePart(part, value, base, text);
  }
  text.sign('}');
}

function writePart(part: string, value: unknown, base: number, text: JsonText): void {
  switch (part) {
    case 'traitTimes':
    case 'milestones':
    case 'untils':
      writeRecord(value as Instants, text, (instant) => text.number(instant - base));
      break;
    case 'events':
      writeRecord(value as PersonDoc['events'], text, (fact) => writeFact(fact, base, text));
      break;
    case 'ties':
      writeList(value as PersonDoc['ties'], text, (number, index) => text.number(index % 2 === 0 ? number - base : number));
      break;
    case 'folded':
      text.number(value as number);
      break;
    default:
      text.value(value as Json);
  }
}

function writeFact(fact: EventFact, base: number, text: JsonText): void {
  const { count, first, last, recent } = fact;
  if (recent.length === 0 || recent[recent.length - 1] !== last) {
    text.value(fact as unknown as Json);
    return;
  }
  if (count === recent.length && recent[0] === first) {
    writeDistances(recent, base, text);
    return;
  }
  text.sign('{');
  text.name('n');
  text.number(count);
  text.sign(',');
  text.name('f');
  text.number(first - base);
  text.sign(',');
  text.name('r');
  writeDistances(recent, base, text);
  text.sign('}');
}

function writeDistances(times: readonly number[], base: number, text: JsonText): void {
  let before = base;
  writeList(times, text, (time) => {
    text.number(time - before);
    before = time;
  });
}

function writeRecord<Value>(record: Readonly<Record<string, Value>>, text: JsonText, write: (value: Value) => void): void {
  let first = true;
  text.sign('{');
  for (const name in record) {
    if (!first) text.sign(',');
    first = false;
    text.name(name);
    write(record[name] as Value);
  }
  text.sign('}');
}

function writeList(list: readonly number[], text: JsonText, write: (value: number, index: number) => void): void {
  text.sign('[');
  for (let index = 0; index < list.length; index++) {
    if (index > 0) text.sign(',');
    write(list[index] ?? 0, index);
  }
  text.sign(']');
}

/**
 * What was read is nobody else's, so its numbers are moved where they are: new objects with names that come in any
 * order take V8 longer than reading the text does.
 */
function load({ base, ...stored }: StoredPersonDoc): PersonDoc {
  move(stored.traitTimes, base);
  move(stored.milestones, base);
  move(stored.untils, base);
  const events = stored.events as Record<string, StoredFact>;
  for (const name in events) events[name] = loadFact(events[name] as StoredFact, base);
  const ties = stored.ties as number[];
  for (let index = 0; index < ties.length; index += 2) ties[index] = (ties[index] ?? 0) + base;
  return stored as PersonDoc;
}

/** A name may be `__proto__`: where it is a member, as JSON makes it, it is set like every other. */
function move(instants: Instants, by: number): void {
  const mine = instants as Record<string, number>;
  for (const name in mine) mine[name] = (mine[name] ?? 0) + by;
}

function loadFact(stored: StoredFact, base: number): EventFact {
  if (isDistances(stored)) {
    const recent = toTimes(stored, base);
    return { count: recent.length, first: recent[0] ?? base, last: recent[recent.length - 1] ?? base, recent };
  }
  if ('count' in stored) return stored;
  const recent = toTimes(stored.r, base);
  return { count: stored.n, first: stored.f + base, last: recent[recent.length - 1] ?? base, recent };
}

function isDistances(stored: StoredFact): stored is Distances {
  return Array.isArray(stored);
}

function toTimes(distances: Distances, base: number): readonly number[] {
  const times = distances as number[];
  let time = base;
  for (let index = 0; index < times.length; index++) {
    time += times[index] ?? 0;
    times[index] = time;
  }
  return times;
}
