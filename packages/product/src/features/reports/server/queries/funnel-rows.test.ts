import { expect, test } from 'vitest';
import { createMemoryWarehouse } from '../../../../ports/warehouse/memory-warehouse.ts';
import { sampleWarehouseRow } from '../../../../ports/warehouse/warehouse-history.contract.ts';
import { funnelRows } from './funnel-rows.ts';
import { firstKeyAt } from './order-key.ts';

const scope = 'w_1/production';
const steps = [
  { type: 'event', name: 'A' },
  { type: 'event', name: 'B' },
  { type: 'milestone', id: 'C' },
] as const;

/** Levels by person: `A0 B11 C14` says what happened when; milestones are called C. */
async function ask(people: readonly string[], part: { from?: number; to?: number } = {}) {
  const warehouse = createMemoryWarehouse();
  const rows = people.flatMap((history, person) =>
    history.split(' ').map((word, index) => {
      const name = word[0] ?? '';
      const kind = name === 'C' ? ('milestone' as const) : ('event' as const);
      return sampleWarehouseRow({ scope, id: `${person}-${index}`, person, name, kind, k: firstKeyAt(Number(word.slice(1))) + index });
    }),
  );
  await warehouse.write({ partition: 0, position: 1, rows, merges: [] });
  return warehouse.run(funnelRows, { scope, steps, from: 0, to: 100, within: 10, ...part });
}

test('a late start still reaches the end', async () => {
  expect(await ask(['A0 A5 B11 C14'])).toMatchObject({ reached: [1, 1, 1], people: [[], [], [0]], medianTime: 9 });
});

test('the window includes its end', async () => {
  expect((await ask(['A0 B10 C10', 'A0 B10 C11', 'A0 B11'])).people).toEqual([[2], [1], [0]]);
});

test('later steps may follow the period, first steps may not', async () => {
  expect((await ask(['A9 B12 C15', 'A10 B12 C15'], { to: 10 })).people).toEqual([[], [], [0]]);
});

test('an event of the name of a milestone is not the milestone', async () => {
  const warehouse = createMemoryWarehouse();
  const row = (id: string, name: string, at: number) => sampleWarehouseRow({ scope, id, name, k: firstKeyAt(at) });
  await warehouse.write({ partition: 0, position: 1, rows: [row('a', 'A', 1), row('b', 'B', 2), row('c', 'C', 3)], merges: [] });
  expect((await warehouse.run(funnelRows, { scope, steps, from: 0, to: 100, within: 10 })).reached).toEqual([1, 1, 0]);
});

test('a merge joins what two had done', async () => {
  const warehouse = createMemoryWarehouse();
  const row = (person: number, name: string, at: number) => sampleWarehouseRow({ scope, id: name, person, name, k: firstKeyAt(at) });
  await warehouse.write({ partition: 0, position: 1, rows: [row(1, 'A', 1), row(2, 'B', 2)], merges: [{ scope, from: 1, to: 2 }] });
  expect((await warehouse.run(funnelRows, { scope, steps, from: 0, to: 100, within: 10 })).reached).toEqual([1, 1, 0]);
});
