import { array, assert, constantFrom, integer, option, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CountedChain, FunnelEvent, FunnelShape } from './funnel-chains.ts';
import { countChains } from './funnel-walks.ts';

/* What a chain is, said without a walk: every choice of events is tried. */

const steps = 3;
const [from, to, window] = [3, 24, 6];

type Order = FunnelShape['order'];
/** Events of one person by their order; `steps` also holds a bit for each exclusion. */
type Choice = readonly FunnelEvent[];

const meets = ({ steps: mask }: FunnelEvent, bit: number) => Math.floor(mask / 2 ** bit) % 2 === 1;
const inRange = ({ k }: FunnelEvent) => k >= from * 4096 && k < to * 4096;
const inWindow = (one: FunnelEvent, other: FunnelEvent) => Math.abs(other.k - one.k) <= window * 4096 + 4095;

/** Every choice of one event a step, for the first steps, in order. */
function choices(events: Choice, level: number): readonly Choice[] {
  if (level === 0) return [[]];
  return choices(events, level - 1).flatMap((begun) =>
    events.filter((event) => meets(event, level - 1) && event.k > (begun.at(-1)?.k ?? -1)).map((event) => [...begun, event]),
  );
}

function isChain(events: Choice, order: Order, chain: Choice): boolean {
  const [first, last] = [chain[0], chain.at(-1)];
  if (!first || !last || !inRange(first) || !inWindow(first, last)) return false;
  const between = (one: FunnelEvent, other: FunnelEvent) => events.filter(({ k }) => k > one.k && k < other.k);
  if (order.type === 'strict') return between(first, last).length === chain.length - Math.min(chain.length, 2);
  if (order.type !== 'ordered') return false;
  if (order.entry === 'first' && first !== events.find((event) => meets(event, 0) && inRange(event))) return false;
  return order.exclusions.every(({ after, before }, index) => {
    const [begun, end] = [chain[after - 1], chain[before - 1]];
    // What has not come to `before` yet ends with the event that must not happen, also where that one serves a step.
    const cut = (event: FunnelEvent) =>
      meets(event, steps + index) && event.k > (begun?.k ?? 0) && (end ? event.k < end.k : event.k <= last.k);
    return !begun || !events.some(cut);
  });
}

/** The chains of most steps; in any order, sets of events of which each serves a step of its own. */
function longest(events: Choice, order: Order): readonly Choice[] {
  for (let level = steps; level > 0; level--) {
    const all = order.type === 'any' ? sets(events, level) : choices(events, level).filter((chain) => isChain(events, order, chain));
    if (all.length > 0) return all;
  }
  return [];
}

/** For events that meet one step each. */
function sets(events: Choice, level: number): readonly Choice[] {
  const grow = (begun: Choice): readonly Choice[] => {
    if (begun.length === level) return [begun];
    const fits = (event: FunnelEvent) =>
      (begun[0] ? event.k > (begun.at(-1)?.k ?? 0) && inWindow(begun[0], event) : inRange(event)) &&
      event.steps > 0 &&
      begun.every((earlier) => earlier.steps !== event.steps);
    return events.filter(fits).flatMap((event) => grow([...begun, event]));
  };
  return grow([]);
}

const masks = integer({ min: 0, max: 2 ** (steps + 2) - 1 });
const single = constantFrom(0, 1, 2, 4);
const history = (mask: typeof masks) =>
  array(record({ time: integer({ min: 0, max: 34 }), mask, held: option(constantFrom('1', '2'), { freq: 8 }) }), { maxLength: 12 });

function eventsOf(drawn: readonly { time: number; mask: number; held: string | null }[]): FunnelEvent[] {
  return drawn
    .map(({ time, mask, held }, index) => ({ person: 1, k: time * 4096 + index, steps: mask, held, shown: null }))
    .sort((a, b) => a.k - b.k)
    .filter(({ k }) => k >= from * 4096 && k < (to + window + 1) * 4096);
}

function partitions(events: Choice, hold: boolean): readonly Choice[] {
  return hold ? ['1', '2'].map((value) => events.filter(({ held }) => held === value)) : [events];
}

/** The counted chain, by its level, when it was through and when it began: the first through, of those the latest begun. */
function expected(events: Choice, order: Order, hold: boolean) {
  const found = partitions(events, hold).flatMap((own) => longest(own, order).map((chain) => chain.map(({ k }) => k)));
  const figures = found.map((ks) => ({ level: ks.length, end: ks.at(-1) ?? 0, start: ks[0] ?? 0 }));
  return figures.sort((a, b) => b.level - a.level || a.end - b.end || b.start - a.start)[0];
}

function counted(chain: CountedChain | undefined) {
  return chain && { level: chain.level, end: chain.links.at(-1)?.k, start: chain.links[0]?.k };
}

function holds(order: Order, mask: typeof masks): void {
  assert(
    property(history(mask), constantFrom(false, true), (drawn, hold) => {
      const events = eventsOf(drawn);
      const [chain] = countChains(events, { steps, order, window, from: from * 4096, to: to * 4096, hold });
      expect(counted(chain)).toEqual(expected(events, order, hold));
    }),
    { numRuns: 2000 },
  );
}

describe('the counted chain is the best of all that there are', () => {
  test.each([
    ['best', []],
    ['first', []],
    ['best', [{ after: 1, before: 2 }]],
    ['best', [{ after: 2, before: 3 }]],
    ['best', [{ after: 1, before: 3 }]],
    [
      'best',
      [
        { after: 1, before: 2 },
        { after: 2, before: 3 },
      ],
    ],
    ['first', [{ after: 1, before: 3 }]],
  ] as const)('in order, %s entry, exclusions %j', (entry, exclusions) => {
    holds({ type: 'ordered', entry, exclusions }, masks);
  });

  test('strict', () => {
    holds({ type: 'strict' }, masks);
  });

  test('in any order', () => {
    holds({ type: 'any' }, single);
  });
});
