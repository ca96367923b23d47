import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textOf } from '../ports/db/json-text.ts';
import type { EventFact } from '../rules/facts.ts';
import { EventCounts } from './event-counts.ts';

const name: fc.Arbitrary<string> = fc.constantFrom('a', 'b', '1', '__proto__', 'constructor');
const time = fc.integer({ min: 1_700_000_000_000, max: 1_700_000_009_999 });
const times = fc.array(time, { minLength: 1, maxLength: 5 }).map((all) => all.sort((one, other) => one - other));
/** All times remembered, some of them, none, and times that do not fit the count. */
const fact: fc.Arbitrary<EventFact> = fc.oneof(
  times.map((recent) => ({ count: recent.length, first: recent[0] ?? 0, last: recent.at(-1) ?? 0, recent })),
  fc.tuple(times, time).map(([recent, first]) => ({ count: recent.length + 3, first, last: recent.at(-1) ?? 0, recent })),
  fc.tuple(time, time).map(([first, last]) => ({ count: 2, first, last, recent: [] })),
  fc.tuple(times, time).map(([recent, last]) => ({ count: recent.length, first: recent[0] ?? 0, last: last + 10_000, recent })),
);
const changes = fc.array(fc.tuple(name, fact), { maxLength: 12 });

/** There and back through the store, in a document with this base. */
function keep(counts: EventCounts, base: number): EventCounts {
  return EventCounts.load(JSON.parse(textOf((text) => counts.write(text, base))), base);
}

describe('counts of events', () => {
  test('say what a map would, however they were made and wherever they have been', () => {
    fc.assert(
      fc.property(changes, changes, time, time, (before, after, base, later) => {
        const first = before.reduce((known, [what, each]) => known.with(what, each), EventCounts.none);
        // Twice through the store, under another base each time: what nobody asked for is written as it was read.
        const kept = after.reduce((known, [what, each]) => known.with(what, each), keep(keep(first, base), later));
        const expected = new Map([...before, ...after]);
        expect(kept.entries()).toEqual([...expected]);
        expect(kept.size).toBe(expected.size);
        for (const what of ['a', '1', '__proto__', 'toString']) {
          expect(kept.get(what)).toEqual(expected.get(what));
          expect(kept.count(what)).toBe(expected.get(what)?.count ?? 0);
        }
        expect(JSON.stringify(kept)).toBe(JSON.stringify(Object.fromEntries(expected)));
        // What they were made of stays as it was.
        expect(first.entries()).toEqual([...new Map(before)]);
      }),
    );
  });

  test('are written the same whether they were read or made', () => {
    fc.assert(
      fc.property(changes, time, time, (all, base, later) => {
        const made = all.reduce((known, [what, each]) => known.with(what, each), EventCounts.none);
        const written = (counts: EventCounts) => textOf((text) => counts.write(text, later));
        expect(written(keep(made, base))).toBe(written(made));
      }),
    );
  });

  test('agree on what was not replaced, and say nothing where one cannot tell', () => {
    const one = { count: 1, first: 5, last: 5, recent: [5] };
    const before = EventCounts.of({ a: one, b: one });
    const after = before.with('a', { count: 2, first: 5, last: 6, recent: [5, 6] }).with('c', one);
    expect(['a', 'b', 'c', 'd'].map((what) => before.agrees(after, what))).toEqual([false, true, false, true]);
    expect(keep(before, 3).agrees(before, 'b')).toBe(false);
  });

  test('lie as distances, shortened where not all times are remembered', () => {
    const facts = {
      all: { count: 2, first: 1_005, last: 1_025, recent: [1_005, 1_025] },
      some: { count: 9, first: 1_001, last: 1_025, recent: [1_015, 1_025] },
      none: { count: 9, first: 1_001, last: 1_025, recent: [] },
    };
    const written = textOf((text) => EventCounts.of(facts).write(text, 1_000));
    const none = JSON.stringify(facts.none);
    expect(written).toBe(`[["all","some","none"],[[5,20],{"n":9,"f":1,"r":[15,10]},${none}]]`);
  });
});
