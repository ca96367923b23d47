import type { Json } from '../kernel/json.ts';
import type { StoredForm } from '../ports/db/db.ts';
import type { JsonText } from '../ports/db/json-text.ts';
import type { EventFact } from '../rules/facts.ts';
import { EventCounts, type StoredCounts, type StoredFact } from './event-counts.ts';
import { Instants, type StoredInstants } from './instants.ts';
import type { AccountDoc, PersonDoc } from './subject-doc.ts';

type Times = Readonly<Record<string, number>>;

/**
 * A person's document as the store keeps it. The instants of milestones, own traits, wakes, events and ties are
 * distances from `base`, epoch milliseconds; all others are as they are. Milestones and counts are lists, see `Names`.
 */
interface StoredPersonDoc extends Omit<PersonDoc, 'events' | 'milestones'> {
  readonly base: number;
  readonly events: StoredCounts;
  readonly milestones: StoredInstants;
}

/** What versions before wrote: milestones and counts as records. */
interface EarlierPersonDoc extends Omit<StoredPersonDoc, 'events' | 'milestones'> {
  readonly events: Readonly<Record<string, StoredFact>>;
  readonly milestones: Times;
}

/** A document as plain data, all instants as they are. The first versions wrote it so, with each tie in a list of its own. */
export interface PlainPersonDoc extends Omit<PersonDoc, 'events' | 'milestones' | 'ties'> {
  readonly events: Readonly<Record<string, EventFact>>;
  readonly milestones: Times;
  readonly ties: readonly number[] | readonly (readonly [number, number])[];
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
    const known = stored as unknown as StoredPersonDoc | EarlierPersonDoc | PlainPersonDoc;
    return ('base' in known ? load(known) : fromPlain(known)) as unknown as Json;
  },
};

/** An account's document: plain data, all instants as they are. */
export const accountDocForm: StoredForm = {
  write: (doc, text) => text.value(doc),
  load: (stored) => {
    const doc = stored as unknown as Omit<AccountDoc, 'milestones'> & { milestones: Times };
    return { ...doc, milestones: Instants.of(doc.milestones) } as unknown as Json;
  },
};

/** Two documents of a merge, as they were: plain data, but for ties that the first versions kept in pairs. */
export const mergeBeforeForm: StoredForm = {
  write: (before, text) => text.value(before),
  load: (stored) => {
    const before = stored as unknown as Readonly<Record<'from' | 'to', { readonly doc: PlainPersonDoc }>> | null;
    if (before === null) return null;
    return { from: withFlatTies(before.from), to: withFlatTies(before.to) } as unknown as Json;
  },
};

function withFlatTies<Person extends { readonly doc: PlainPersonDoc }>(person: Person): Person {
  return { ...person, doc: { ...person.doc, ties: person.doc.ties.flat() } };
}

function fromPlain(doc: PlainPersonDoc): PersonDoc {
  return { ...doc, milestones: Instants.of(doc.milestones), events: EventCounts.of(doc.events), ties: doc.ties.flat() };
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
    case 'untils':
      writeTimes(value as Times, base, text);
      break;
    case 'milestones':
    case 'events':
      (value as Instants | EventCounts).write(text, base);
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

function writeTimes(times: Times, base: number, text: JsonText): void {
  let first = true;
  text.sign('{');
  for (const name in times) {
    if (!first) text.sign(',');
    first = false;
    text.name(name);
    text.number((times[name] ?? 0) - base);
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
function load({ base, ...stored }: StoredPersonDoc | EarlierPersonDoc): PersonDoc {
  move(stored.traitTimes, base);
  move(stored.untils, base);
  const ties = stored.ties as number[];
  for (let index = 0; index < ties.length; index += 2) ties[index] = (ties[index] ?? 0) + base;
  const { milestones, events } = stored;
  const doc = stored as unknown as { -readonly [Part in keyof PersonDoc]: PersonDoc[Part] };
  doc.milestones = Instants.load(isList(milestones) ? milestones : asLists(milestones), base);
  doc.events = EventCounts.load(isList(events) ? events : asLists(events), base);
  return doc;
}

function isList<List extends StoredInstants | StoredCounts>(stored: List | Readonly<Record<string, unknown>>): stored is List {
  return Array.isArray(stored);
}

function asLists<Value>(record: Readonly<Record<string, Value>>): readonly [readonly string[], readonly Value[]] {
  return [Object.keys(record), Object.values(record)];
}

/** A name may be `__proto__`: where it is a member, as JSON makes it, it is set like every other. */
function move(times: Times, by: number): void {
  const mine = times as Record<string, number>;
  for (const name in mine) mine[name] = (mine[name] ?? 0) + by;
}
