import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AcceptedEvent } from '../kernel/event.ts';
import type { JsonObject } from '../kernel/json.ts';
import { rememberedTimes } from '../rules/rule.ts';
import { foldEvent, foldTraits, maximumNames } from './fold.ts';
import { Instants } from './instants.ts';
import { mergeDocs } from './merge-docs.ts';
import { nextKey, nextKeys } from './order-keys.ts';
import { emptyPersonDoc, type PersonDoc } from './subject-doc.ts';

const at = (time: number, more: Partial<AcceptedEvent> = {}): AcceptedEvent => ({
  type: 'track',
  event: 'A',
  messageId: `m${time}`,
  time,
  receivedAt: time,
  level: 'claimed',
  ...more,
});
/** As data: the order in which names came says nothing. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const fold = (events: readonly AcceptedEvent[], from: PersonDoc = emptyPersonDoc) =>
  events.reduce((doc, event) => foldEvent(doc, event, []).doc, from);

/** Few names, few instants and values of every kind, so that ties are the rule. */
const traits = fc.dictionary(
  fc.constantFrom('plan', 'seats', 'toString'),
  fc.oneof(fc.constantFrom(null, true, 'a', 'z', ''), fc.integer({ min: 0, max: 3 }), fc.constant({ deep: [1] })),
  { noNullPrototype: true },
);
const event = fc
  .record({ time: fc.integer({ min: 0, max: 4 }), name: fc.constantFrom('A', 'B', '__proto__', 'constructor', 'identify'), traits })
  .map(({ time, name, traits: sent }) => (name === 'identify' ? at(time, { type: 'identify', traits: sent }) : at(time, { event: name })));
const events = fc.array(event, { maxLength: 12 });

describe('a person’s document', () => {
  it('is the same whatever the order in which the events arrive', () => {
    fc.assert(
      fc.property(
        events.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, other]) => {
          expect(plain(fold(other))).toEqual(plain(fold(list)));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('counts, with the first, the last and the latest times', () => {
    expect(fold([at(30), at(10), at(20)]).events.get('A')).toEqual({ count: 3, first: 10, last: 30, recent: [10, 20, 30] });
    const many = fold(Array.from({ length: 100 }, (_, index) => at(index))).events.get('A');
    expect([many?.count, many?.recent.length, many?.recent[0]]).toEqual([100, rememberedTimes, 100 - rememberedTimes]);
  });

  it('holds the latest value of a trait by event time; null forgets it', () => {
    const identify = (time: number, sent: JsonObject) => at(time, { type: 'identify', traits: sent });
    expect(fold([identify(2, { plan: 'pro' }), identify(1, { plan: 'free', name: 'Ada' })]).traits).toEqual({ plan: 'pro', name: 'Ada' });
    expect(fold([identify(2, { plan: null }), identify(1, { plan: 'free' })]).traits).toEqual({});
    expect(fold([identify(1, { plan: null }), identify(2, { plan: 'free' })]).traits).toEqual({ plan: 'free' });
  });

  it('does not grow without end: names beyond the bound are counted elsewhere', () => {
    const full = fold(Array.from({ length: maximumNames + 5 }, (_, index) => at(index, { event: `E${index}` })));
    expect(full.events.size).toBe(maximumNames);
    expect(foldEvent(full, at(1, { event: 'E0' }), []).changed).toEqual(['event:E0']);
    expect(foldEvent(full, at(1, { event: 'new' }), []).changed).toEqual([]);
  });

  it('says which dependencies have changed', () => {
    const { changed } = foldEvent(emptyPersonDoc, at(5, { type: 'identify', traits: { plan: 'pro' } }), []);
    expect(changed).toEqual(['event:Identified', 'trait:plan']);
    const { doc } = foldTraits(emptyPersonDoc, { plan: 'pro' }, 5);
    expect(foldTraits(doc, { plan: 'old' }, 4)).toEqual({ doc, changed: [] });
  });
});

describe('two documents that become one', () => {
  it('are what all the events together give, whoever survives', () => {
    const told = ({ traits: known, traitTimes, events: counted, folded }: PersonDoc) => plain({ known, traitTimes, counted, folded });
    fc.assert(
      fc.property(events, events, (one, other) => {
        const whole = told(fold([...one, ...other]));
        expect(told(mergeDocs(fold(one), fold(other)))).toEqual(whole);
        expect(told(mergeDocs(fold(other), fold(one)))).toEqual(whole);
      }),
      { numRuns: 1000 },
    );
  });

  it('keep the earliest instant of each milestone, and every account', () => {
    const one = { ...emptyPersonDoc, milestones: Instants.of({ a: 5, b: 1 }), accounts: ['x'] };
    const other = { ...emptyPersonDoc, milestones: Instants.of({ a: 3, c: 9 }), accounts: ['y', 'x'] };
    expect(plain(mergeDocs(one, other))).toMatchObject({ milestones: { a: 3, b: 1, c: 9 }, accounts: ['x', 'y'] });
  });
});

describe('the order key', () => {
  it('is unique for a person, and follows time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10 }), { maxLength: 60 }), (times) => {
        let doc = emptyPersonDoc;
        const keys = times.map((time) => {
          const folded = foldEvent(doc, at(time), []);
          doc = folded.doc;
          expect(Math.floor(folded.k / 4096)).toBe(time);
          return folded.k;
        });
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('runs on into the next millisecond when one is full', () => {
    const doc: PersonDoc = { ...emptyPersonDoc, ties: [7, 4096] };
    expect(nextKey(doc, 7).k).toBe(8 * 4096);
    expect(nextKey({ ...emptyPersonDoc, ties: [7, 4095] }, 7).k).toBe(7 * 4096 + 4095);
  });

  it('of a late event lies in its own millisecond, in the quarter kept for late ones', () => {
    const doc = fold(Array.from({ length: 20 }, (_, index) => at(1000 + index)));
    const { k, ties } = nextKey(doc, 3);
    expect([Math.floor(k / 4096), k % 4096 >= 3072, ties]).toEqual([3, true, doc.ties]);
  });

  it('are the same, given together or one by one', () => {
    const instants = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 40 });
    const last = fc.option(fc.integer({ min: 4_080, max: 4_096 }), { nil: undefined });
    fc.assert(
      fc.property(instants, last, fc.integer({ min: 0, max: 41 }), fc.integer({ min: 0, max: 20 }), (times, tie, time, count) => {
        const folded = fold(times.map((each) => at(each)));
        const doc: PersonDoc = tie === undefined ? folded : { ...folded, ties: [...folded.ties.slice(0, -2), 40, tie] };
        let alone = doc;
        const keys = Array.from({ length: count }, () => {
          const { k, ties } = nextKey(alone, time);
          alone = { ...alone, ties, folded: alone.folded + 1 };
          return k;
        });
        expect(nextKeys(doc, { time, count })).toEqual({ keys, ties: alone.ties });
      }),
    );
  });
});
