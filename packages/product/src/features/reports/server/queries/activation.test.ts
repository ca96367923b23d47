import { expect, test } from 'vitest';
import { createMemoryWarehouse } from '../../../../ports/warehouse/memory-warehouse.ts';
import { sampleWarehouseRow } from '../../../../ports/warehouse/warehouse-history.contract.ts';
import { type ActivationParams, activation } from './activation.ts';
import { firstKeyAt } from './order-key.ts';

const scope = 'w_1/production';
const params: ActivationParams = { scope, milestone: 'm_active', start: '', from: 1000, to: 2000, within: 100, asOf: 2000 };

/** `[person, what, instant]`; `what` is an event, or `!` for the milestone. */
async function ask(history: readonly (readonly [number, string, number])[], part: Partial<ActivationParams> = {}) {
  const warehouse = createMemoryWarehouse();
  const rows = history.map(([person, what, instant], index) => ({
    ...sampleWarehouseRow({ scope, id: `r${index}`, person, k: firstKeyAt(instant) }),
    ...(what === '!' ? { kind: 'milestone' as const, name: 'm_active', type: '' } : { name: what }),
  }));
  await warehouse.write({ partition: 0, position: 1, rows, merges: [] });
  return warehouse.run(activation, { ...params, ...part });
}

test('nobody came: no rate', async () => {
  expect(
    await ask([
      [1, 'A', 999],
      [2, 'A', 2000],
    ]),
  ).toEqual({ matured: [], activated: [], open: [], early: [], rate: null });
});

test('the cohort is who began in the period, its end left out', async () => {
  const answer = await ask(
    [
      [1, 'A', 999],
      [2, 'A', 1000],
      [3, 'A', 1999],
      [4, 'A', 2000],
    ],
    { asOf: 9000 },
  );
  expect(answer.matured).toEqual([2, 3]);
});

test('the window includes its end', async () => {
  const answer = await ask([
    [1, 'A', 1000],
    [1, '!', 1100],
    [2, 'A', 1000],
    [2, '!', 1101],
  ]);
  expect(answer).toMatchObject({ matured: [1, 2], activated: [1], rate: 0.5 });
});

test('an open window counts on neither side, reached or not', async () => {
  const answer = await ask([
    [1, 'A', 1900],
    [1, '!', 1901],
    [2, 'A', 1901],
    [3, 'A', 1950],
    [3, '!', 1960],
  ]);
  expect(answer).toEqual({ matured: [1], activated: [1], open: [2, 3], early: [3], rate: 1 });
});

test('reached before the beginning is in time', async () => {
  const answer = await ask(
    [
      [1, '!', 900],
      [1, 'Signed Up', 1000],
    ],
    { start: 'Signed Up' },
  );
  expect(answer).toMatchObject({ matured: [1], activated: [1] });
});

test('beginning again starts no second entry', async () => {
  const answer = await ask(
    [
      [1, 'Signed Up', 500],
      [1, 'Signed Up', 1500],
    ],
    { start: 'Signed Up' },
  );
  expect(answer.matured).toEqual([]);
});

test('what happened after the as-of instant is left out', async () => {
  const answer = await ask(
    [
      [1, 'A', 1000],
      [1, '!', 1100],
    ],
    { asOf: 1099 },
  );
  expect(answer).toMatchObject({ matured: [], open: [1], early: [] });
});
