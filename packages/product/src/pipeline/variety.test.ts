import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AcceptedEvent } from '../kernel/event.ts';
import { type Bounded, boundVariety, moreKey, otherEvents, ownNameKey, type VarietyCaps } from './variety.ts';

const caps: VarietyCaps = { eventNames: 3, propertiesPerEvent: 2, people: 10 };
const own = new Set(['Guide Shown']);
const track = (event: string, properties?: Record<string, number>): AcceptedEvent => ({
  type: 'track',
  messageId: 'm',
  userId: 'u',
  event,
  ...(properties ? { properties } : {}),
  time: 1,
  receivedAt: 1,
  level: 'claimed',
});

describe('60: names and keys that are too many', () => {
  it('go on under one name and one key, with everything that they said', () => {
    const { events, learned, capped } = boundVariety(
      [track('A'), track('B'), track('C'), track('D', { x: 1 }), track('A', { a: 1, b: 2, c: 3 })],
      {
        known: new Map(),
        caps,
        own,
      },
    );
    expect(events.map(({ event, properties }) => [event, properties])).toEqual([
      ['A', undefined],
      ['B', undefined],
      ['C', undefined],
      [otherEvents, { x: 1, [ownNameKey]: 'D' }],
      ['A', { a: 1, b: 2, [moreKey]: { c: 3 } }],
    ]);
    expect([...learned]).toEqual([
      ['', ['A', 'B', 'C']],
      [otherEvents, ['x']],
      ['A', ['a', 'b']],
    ]);
    expect(capped).toEqual([
      { kind: 'event', of: '', word: 'D', count: 1 },
      { kind: 'property', of: 'A', word: 'c', count: 1 },
    ]);
  });

  it('leave alone what is known and what is ours', () => {
    const known = new Map([['', new Set(['A', 'B', 'C'])]]);
    const { events, capped } = boundVariety([track('B'), track('Guide Shown'), track('Guide Shown')], { known, caps, own });
    expect(events.map(({ event }) => event)).toEqual(['B', 'Guide Shown', 'Guide Shown']);
    expect(capped).toEqual([]);
  });

  it('bound traits as they bound properties, and a key that is a text of its own', () => {
    const long = 'k'.repeat(300);
    const event: AcceptedEvent = { ...track('A'), type: 'identify', traits: { a: 1, [long]: 2, b: 3, c: 4 } };
    const { events, capped } = boundVariety([event], { known: new Map(), caps, own });
    expect(events[0]?.traits).toEqual({ a: 1, b: 3, [moreKey]: { [long]: 2, c: 4 } });
    expect(capped.map(({ of, word }) => [of, word])).toEqual([
      ['Identified', 'k'.repeat(200)],
      ['Identified', 'c'],
    ]);
  });

  const word = fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__', 'toString');
  const batch = fc.array(fc.record({ name: word, keys: fc.uniqueArray(word, { maxLength: 5 }) }), { maxLength: 12 });

  it('never exceed the caps over any number of batches, and lose no event and no value', () => {
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 5 }), (batches) => {
        const known = new Map<string, ReadonlySet<string>>();
        for (const each of batches) {
          const sent = each.map(({ name, keys }) => track(name, Object.fromEntries(keys.map((key) => [key, 1]))));
          const bounded = boundVariety(sent, { known, caps, own });
          for (const [of, words] of bounded.learned) known.set(of, new Set([...(known.get(of) ?? []), ...words]));
          expect(bounded.events.map(said)).toEqual(sent.map(said));
          expect(boundVariety(bounded.events, { known, caps, own })).toMatchObject({
            events: bounded.events,
            capped: [],
          } satisfies Partial<Bounded>);
        }
        for (const [of, words] of known) expect(words.size).toBeLessThanOrEqual(of === '' ? caps.eventNames : caps.propertiesPerEvent);
      }),
      { numRuns: 200 },
    );
  });
});

/** What an event says, wherever it lies. */
function said({ event, properties = {} }: AcceptedEvent): unknown {
  const { [ownNameKey]: name = event, [moreKey]: more = {}, ...rest } = properties;
  return [name, Object.entries({ ...rest, ...(more as object) }).sort()];
}
