import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AcceptedEvent } from '../kernel/event.ts';
import type { Json } from '../kernel/json.ts';
import type { StoredForm } from '../ports/db/db.ts';
import { textOf } from '../ports/db/json-text.ts';
import { EventCounts } from './event-counts.ts';
import { foldEvent } from './fold.ts';
import { Instants } from './instants.ts';
import { mergeDocs } from './merge-docs.ts';
import { accountDocForm, mergeBeforeForm, personDocForm } from './stored-doc.ts';
import { type AccountDoc, emptyAccountDoc, emptyPersonDoc, type PersonDoc } from './subject-doc.ts';

const event = (name: string, time: number): AcceptedEvent => ({
  ...{ type: 'track', messageId: 'm', userId: 'u', event: name, time, receivedAt: time, level: 'claimed' },
});

/** As a store keeps it. */
function stored(form: StoredForm, value: unknown): string {
  return textOf((text) => form.write(value as Json, text));
}

/** There and back through text, as a store does it. */
function keep(doc: PersonDoc): PersonDoc {
  return personDocForm.load(JSON.parse(stored(personDocForm, doc)) as Json) as unknown as PersonDoc;
}

const time = fc.oneof(fc.integer({ min: 0, max: 2 ** 43 }), fc.integer({ min: 1_700_000_000_000, max: 1_700_000_100_000 }));
const name = fc.constantFrom('A', 'B', '1', '__proto__', 'constructor');

describe('the stored form of a person’s document', () => {
  test('gives back every document that events make, whatever their order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, time), { maxLength: 90 }),
        fc.dictionary(name, time),
        fc.dictionary(name, time),
        (all, some, others) => {
          const folded = all.reduce((doc, [what, at]) => foldEvent(doc, event(what, at), []).doc, emptyPersonDoc);
          const doc: PersonDoc = { ...folded, milestones: Instants.of(some), untils: others, traits: { a: 1 }, traitTimes: { a: 5 } };
          expect(JSON.stringify(keep(doc))).toBe(JSON.stringify(doc));
          expect(stored(personDocForm, keep(doc))).toBe(stored(personDocForm, doc));
        },
      ),
    );
  });

  test('is the same text whether the document was read anew now and then or, as in a replay, never', () => {
    const steps = fc.array(fc.tuple(fc.constantFrom('does', 'reaches', 'is read'), name, time), { maxLength: 90 });
    const reach = (doc: PersonDoc, what: string, at: number) => ({ ...doc, milestones: doc.milestones.with(what, at) });
    const live = (all: readonly (readonly [string, string, number])[], read: (doc: PersonDoc) => PersonDoc) =>
      all.reduce((doc, [step, what, at]) => {
        if (step === 'does') return foldEvent(doc, event(what, at), []).doc;
        return step === 'reaches' ? reach(doc, what, at) : read(doc);
      }, emptyPersonDoc);
    const never = (doc: PersonDoc) => doc;
    fc.assert(
      fc.property(steps, steps, (one, other) => {
        expect(stored(personDocForm, live(one, keep))).toBe(stored(personDocForm, live(one, never)));
        const merged = (read: typeof never) => stored(personDocForm, mergeDocs(live(one, read), live(other, read)));
        expect(merged(keep)).toBe(merged(never));
      }),
    );
  });

  test('keeps the order of its members, also of those that few have', () => {
    const { states, ...rest } = emptyPersonDoc;
    const doc: PersonDoc = { cohorts: { a: 1 }, ...rest, contents: {}, states, covered: { f: 2 }, accountTraits: {} };
    expect(JSON.stringify(keep(doc))).toBe(JSON.stringify(doc));
  });

  test('leaves out members that are there without a value', () => {
    expect(keep({ ...emptyPersonDoc, cohorts: undefined } as unknown as PersonDoc)).toStrictEqual(emptyPersonDoc);
  });

  test('gives back counts whose times are not, or not all, remembered', () => {
    const fact = { count: 9, first: 10, last: 90 };
    const events = { none: { ...fact, recent: [] }, some: { ...fact, recent: [80, 90] }, odd: { ...fact, recent: [80] } };
    const doc: PersonDoc = { ...emptyPersonDoc, events: EventCounts.of(events), ties: [50, 1] };
    expect(keep(doc).events.toJSON()).toEqual(events);
  });

  test('is less than half as long', () => {
    const busy = Array.from({ length: 40 }, (_, index) => event(`Event ${index % 8}`, 1_763_000_000_000 + index * 61_000));
    const doc = busy.reduce((folded, each) => foldEvent(folded, each, []).doc, emptyPersonDoc);
    expect(stored(personDocForm, doc).length).toBeLessThan(JSON.stringify(doc).length / 2);
  });

  test('takes what was written before there was a form', () => {
    const doc: PersonDoc = {
      ...emptyPersonDoc,
      events: EventCounts.of({ A: { count: 1, first: 7, last: 7, recent: [7] } }),
      milestones: Instants.of({ m: 7 }),
      ties: [5, 2, 7, 1],
      folded: 2,
    };
    const pairs = [
      [5, 2],
      [7, 1],
    ];
    const first = JSON.parse(JSON.stringify({ ...doc, ties: pairs })) as Json;
    expect(personDocForm.load(first)).toEqual(doc);
  });

  test('takes what was written while milestones and counts were records', () => {
    const before = {
      base: 1_000,
      ...{ traits: { a: 1 }, traitTimes: { a: 5 }, milestones: { m: 7, '1': 3 }, states: {}, untils: { u: 9 } },
      events: { A: [0, 4], B: { n: 9, f: 1, r: [2] }, C: { count: 2, first: 5, last: 6, recent: [] } },
      ...{ accounts: [], ties: [0, 1, 4, 2], folded: 13 },
    };
    const doc = personDocForm.load(JSON.parse(JSON.stringify(before)) as Json) as unknown as PersonDoc;
    expect(JSON.parse(JSON.stringify(doc))).toEqual({
      ...{ traits: { a: 1 }, traitTimes: { a: 1_005 }, milestones: { m: 1_007, '1': 1_003 }, states: {}, untils: { u: 1_009 } },
      events: {
        A: { count: 2, first: 1_000, last: 1_004, recent: [1_000, 1_004] },
        B: { count: 9, first: 1_001, last: 1_002, recent: [1_002] },
        C: { count: 2, first: 5, last: 6, recent: [] },
      },
      ...{ accounts: [], ties: [1_000, 1, 1_004, 2], folded: 13 },
    });
    expect(JSON.stringify(keep(doc))).toBe(JSON.stringify(doc));
  });

  test('of an account is plain data', () => {
    const doc: AccountDoc = { ...emptyAccountDoc, traits: { a: 1 }, milestones: Instants.of({ m: 1_700_000_000_000 }) };
    const written = stored(accountDocForm, doc);
    expect(JSON.parse(written)).toMatchObject({ traits: { a: 1 }, milestones: { m: 1_700_000_000_000 } });
    expect(JSON.stringify(accountDocForm.load(JSON.parse(written) as Json))).toBe(JSON.stringify(doc));
  });

  test('of both persons of a merge is what it is now, also where ties were pairs; nothing of a merge that was refused', () => {
    const person = (doc: unknown) => ({ id: 'p_1', name: null, doc });
    const now = { from: person({ ...emptyPersonDoc, ties: [5, 2] }), to: person(emptyPersonDoc) };
    const first = { ...now, from: person({ ...emptyPersonDoc, ties: [[5, 2]] }) };
    for (const before of [now, first])
      expect(mergeBeforeForm.load(JSON.parse(stored(mergeBeforeForm, before)) as Json)).toEqual(JSON.parse(JSON.stringify(now)));
    expect(mergeBeforeForm.load(null)).toBe(null);
  });
});
