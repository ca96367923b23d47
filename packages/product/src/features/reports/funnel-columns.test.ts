import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldFunnel } from './funnel.ts';
import type { FunnelShape } from './funnel-chains.ts';
import { foldColumns } from './funnel-columns.ts';

const steps = 3;
const shape: FunnelShape = {
  steps,
  order: { type: 'ordered', entry: 'best', exclusions: [] },
  window: 6,
  from: 2 * 4096,
  to: 50 * 4096,
  hold: false,
};
const rows = array(record({ person: integer({ min: 1, max: 4 }), time: integer({ min: 0, max: 60 }), met: integer({ min: 1, max: 7 }) }), {
  maxLength: 60,
});

function columnsOf(events: readonly { person: number; k: number; steps: number }[]) {
  return { person: events.map(({ person }) => person), k: events.map(({ k }) => k), steps: events.map((event) => event.steps) };
}

describe('a funnel of columns', () => {
  test.each(['best', 'first'] as const)('is the funnel of the same rows, %s entry', (entry) => {
    const own: FunnelShape = { ...shape, order: { type: 'ordered', entry, exclusions: [] } };
    assert(
      property(rows, constantFrom(1, 2, 3), (drawn, asked) => {
        const events = drawn
          .map(({ person, time, met }, index) => ({
            person,
            k: time * 4096 + index,
            steps: met & (2 ** asked - 1),
            held: null,
            shown: null,
          }))
          .sort((a, b) => a.person - b.person || a.k - b.k);
        expect(foldColumns(columnsOf(events), { ...own, steps: asked })).toEqual(foldFunnel(events, { ...own, steps: asked }));
      }),
    );
  });

  const tied = (first: number, second: number) =>
    columnsOf([
      { person: 1, k: 9000, steps: first },
      { person: 1, k: 9000, steps: second },
    ]);

  test('does not decide which of two rows with one order key came first', () => {
    expect(foldColumns(tied(1, 2), shape)).toBeUndefined();
  });

  test('counts two rows with one order key and the same steps', () => {
    expect(foldColumns(tied(1, 1), shape)?.reached).toEqual([1, 0, 0]);
  });

  test('takes as long as the instants are apart, whatever else happened in their milliseconds', () => {
    const chain = columnsOf([
      { person: 1, k: 10 * 4096 + 7, steps: 1 },
      { person: 1, k: 14 * 4096, steps: 2 },
    ]);
    expect(foldColumns(chain, { ...shape, steps: 2 })?.time?.mean).toBe(4);
    const events = Array.from(chain.k, (k, row) => ({ person: 1, k, steps: chain.steps[row] ?? 0, held: null, shown: null }));
    expect(foldFunnel(events, { ...shape, steps: 2 }).time?.mean).toBe(4);
  });

  test('of nobody is empty', () => {
    expect(foldColumns(columnsOf([]), shape)).toEqual(foldFunnel([], shape));
  });
});
