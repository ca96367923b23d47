import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { allRows } from './all-rows.contract.ts';
import type { Merge, Warehouse, WarehouseBatch, WarehouseRow } from './warehouse.ts';
import { sampleBatch as batchOf, sampleWarehouseRow } from './warehouse-history.contract.ts';

/** An empty warehouse, and how to open the same one once more. */
export interface WarehouseUnderTest {
  readonly warehouse: Warehouse;
  /** Opens what is on disk again. Called after `warehouse.close()`. */
  reopen(): Promise<Warehouse>;
  /** Removes everything; all that was opened is closed before. */
  close(): Promise<void>;
}

/** The behaviour of every {@link Warehouse}; its queries are held against their folds by `describeWarehouseQueries`. */
export function describeWarehouseContract(name: string, create: () => Promise<WarehouseUnderTest>): void {
  describe(`warehouse: ${name}`, () => {
    let made: WarehouseUnderTest;
    let warehouse: Warehouse;
    beforeAll(async () => {
      made = await create();
      warehouse = made.warehouse;
    });
    afterAll(async () => {
      await warehouse?.close();
      await made?.close();
    });
    // Every test has scopes and partitions of its own, so that all of them may share one store.
    beforeEach(() => {
      turn += 10;
      scope = `w_${turn}/production`;
      other = `w_${turn}/staging`;
    });
    const reopen = async () => {
      await warehouse.close();
      warehouse = await made.reopen();
    };
    describeWrites(() => warehouse);
    describeTransactions(() => warehouse, reopen);
    describeMerges(() => warehouse, reopen);
    describeErasure(() => warehouse, reopen);
  });
}

let turn = 0;
let scope = '';
let other = '';
const sampleBatch = (part: Partial<WarehouseBatch> & { position: number }) => batchOf({ ...part, partition: turn + (part.partition ?? 0) });
const positionOf = (warehouse: Warehouse, partition = 0) => warehouse.position(turn + partition);
const row = (id: string, part: Partial<WarehouseRow> = {}) => sampleWarehouseRow({ scope, id, ...part });
const idsIn = async (warehouse: Warehouse, where?: string) =>
  (await warehouse.run(allRows, { scope: where ?? scope })).map((one) => one.id);

function describeWrites(warehouse: () => Warehouse): void {
  test('a new warehouse is empty, at position 0', async () => {
    expect(await positionOf(warehouse(), 0)).toBe(0);
    expect(await idsIn(warehouse())).toEqual([]);
  });

  test('rows come back as they were, sorted by person and order key', async () => {
    const rows = [
      row('c', { person: 2, k: 5, account: 'acme', properties: JSON.stringify({ plan: 'pro' }) }),
      row('b', { person: 1, k: 2 ** 53 - 1, name: `it's "x" \\ 日本語 🚪`, type: 'page' }),
      row('a', { person: 1, k: 4, kind: 'milestone', type: '', name: 'm_1', account: '' }),
    ];
    await warehouse().write(sampleBatch({ position: 3, rows }));
    expect(await warehouse().run(allRows, { scope })).toEqual([rows[2], rows[1], rows[0]]);
  });

  test.each([
    ['NUL', { text: 'a\u0000b', 'key\u0000': 1 }],
    ['lone surrogates', { text: 'x\ud800y' }],
    ['quotes and separators', { text: `'"\\,;\n\r\t\u2028 -- /* $1 {p1:String}`, '': '' }],
    ['a long text', { text: 'x'.repeat(300_000) }],
  ])('properties survive: %s', async (_, properties) => {
    await warehouse().write(sampleBatch({ position: 1, rows: [row('a', { properties: JSON.stringify(properties) })] }));
    const [found] = await warehouse().run(allRows, { scope });
    expect(JSON.parse(found?.properties ?? '')).toEqual(properties);
  });

  test('a position that was taken is not taken again', async () => {
    await warehouse().write(sampleBatch({ position: 5, rows: [row('a')] }));
    await warehouse().write(sampleBatch({ position: 5, rows: [row('a')] }));
    await warehouse().write(sampleBatch({ position: 4, rows: [row('b')], merges: [{ scope, from: 1, to: 2 }] }));
    expect(await warehouse().run(allRows, { scope })).toEqual([row('a')]);
    expect(await positionOf(warehouse(), 0)).toBe(5);
  });

  test('partitions have positions of their own', async () => {
    await warehouse().write(sampleBatch({ partition: 1, position: 9, rows: [row('a')] }));
    await warehouse().write(sampleBatch({ partition: 0, position: 2, rows: [row('b')] }));
    expect([await positionOf(warehouse(), 0), await positionOf(warehouse(), 1), await positionOf(warehouse(), 2)]).toEqual([2, 9, 0]);
    expect(await idsIn(warehouse())).toEqual(['a', 'b']);
  });

  test('a batch without rows moves the position', async () => {
    await warehouse().write(sampleBatch({ position: 7 }));
    expect(await positionOf(warehouse(), 0)).toBe(7);
  });
}

function describeTransactions(warehouse: () => Warehouse, reopen: () => Promise<void>): void {
  test('a batch that cannot be written leaves nothing', async () => {
    await warehouse().write(sampleBatch({ position: 1, rows: [row('a')] }));
    const broken = { ...row('c', { person: 3 }), k: 0.5 };
    await expect(warehouse().write(sampleBatch({ position: 2, rows: [row('b', { name: 'New Name' }), broken] }))).rejects.toThrow();
    expect(await idsIn(warehouse())).toEqual(['a']);
    expect(await positionOf(warehouse(), 0)).toBe(1);
    await warehouse().write(sampleBatch({ position: 2, rows: [row('b', { name: 'New Name', k: 1 })] }));
    expect((await warehouse().run(allRows, { scope })).map((one) => [one.id, one.name])).toEqual([
      ['b', 'New Name'],
      ['a', 'Signed Up'],
    ]);
  });

  test('batches written at the same time are all there, once', async () => {
    const positions = Array.from({ length: 40 }, (_, index) => index + 1);
    await Promise.all(
      positions.map((position) =>
        warehouse().write(sampleBatch({ position, rows: [row(`r${String(position).padStart(2, '0')}`, { k: position })] })),
      ),
    );
    expect(await idsIn(warehouse())).toEqual(positions.map((position) => `r${String(position).padStart(2, '0')}`));
    expect(await positionOf(warehouse(), 0)).toBe(40);
  });

  test('scopes do not see each other', async () => {
    await warehouse().write(
      sampleBatch({ position: 1, rows: [row('a'), row('b', { scope: other }), row('c', { scope: `${scope}' or '1'='1` })] }),
    );
    expect(await idsIn(warehouse())).toEqual(['a']);
    expect(await idsIn(warehouse(), other)).toEqual(['b']);
    expect(await idsIn(warehouse(), `x' or '1'='1`)).toEqual([]);
  });

  test('rows and positions survive closing', async () => {
    const rows = Array.from({ length: 3000 }, (_, index) =>
      row(`r${String(index).padStart(4, '0')}`, { k: index, person: index % 7, name: `Name ${index % 11}` }),
    );
    await warehouse().write(sampleBatch({ position: 1, rows: rows.slice(0, 1000) }));
    await warehouse().write(sampleBatch({ position: 2, rows: rows.slice(1000) }));
    const before = await warehouse().run(allRows, { scope });
    await reopen();
    expect(await positionOf(warehouse(), 0)).toBe(2);
    expect(await warehouse().run(allRows, { scope })).toEqual(before);
    await warehouse().write(sampleBatch({ position: 2, rows: [row('again')] }));
    await warehouse().write(sampleBatch({ position: 3, rows: [row('next', { person: 100, name: 'Name 3' })] }));
    expect(await warehouse().run(allRows, { scope })).toEqual([...before, row('next', { person: 100, name: 'Name 3' })]);
  });
}

/** Merges in their order, and whose the rows of persons 1 to 5 are afterwards. */
const mergeCases: readonly [string, readonly (readonly [number, number])[], readonly number[]][] = [
  ['one', [[1, 2]], [2, 2, 3, 4, 5]],
  [
    'a chain',
    [
      [1, 2],
      [2, 3],
    ],
    [3, 3, 3, 4, 5],
  ],
  [
    'a chain told backwards',
    [
      [2, 3],
      [1, 2],
    ],
    [3, 3, 3, 4, 5],
  ],
  [
    'two into one',
    [
      [1, 3],
      [2, 3],
    ],
    [3, 3, 3, 4, 5],
  ],
  [
    'two groups',
    [
      [1, 2],
      [3, 4],
      [2, 4],
    ],
    [4, 4, 4, 4, 5],
  ],
  [
    'twice the same',
    [
      [1, 2],
      [1, 2],
    ],
    [2, 2, 3, 4, 5],
  ],
  [
    'there and back',
    [
      [1, 2],
      [2, 1],
    ],
    [2, 2, 3, 4, 5],
  ],
  ['into itself', [[1, 1]], [1, 2, 3, 4, 5]],
  [
    'one that was merged before, into another',
    [
      [1, 2],
      [1, 3],
    ],
    [3, 3, 3, 4, 5],
  ],
];

function describeMerges(warehouse: () => Warehouse, reopen: () => Promise<void>): void {
  const merge = (from: number, to: number): Merge => ({ scope, from, to });
  const people = async () => Object.fromEntries((await warehouse().run(allRows, { scope })).map((one) => [one.id, one.person]));
  /** Rows `p1` … `p5`, one a person. */
  const fill = () =>
    warehouse().write(sampleBatch({ position: 1, rows: [1, 2, 3, 4, 5].map((person) => row(`p${person}`, { person, k: person })) }));

  test.each(mergeCases)('merges change past rows: %s', async (_, merges, expected) => {
    await fill();
    for (const [index, [from, to]] of merges.entries())
      await warehouse().write(sampleBatch({ position: 2 + index, merges: [merge(from, to)] }));
    const found = Object.fromEntries(expected.map((person, index) => [`p${index + 1}`, person]));
    expect(await people()).toEqual(found);
    await reopen();
    expect(await people()).toEqual(found);
    await warehouse().write(sampleBatch({ position: 9, merges: [merge(expected[0] ?? 0, 5)] }));
    expect((await people()).p1).toBe(5);
  });

  test('merges in one batch, with rows that follow', async () => {
    await warehouse().write(sampleBatch({ position: 1, rows: [row('p1', { person: 1 })], merges: [merge(1, 2), merge(2, 3)] }));
    await warehouse().write(sampleBatch({ position: 2, rows: [row('late', { person: 1, k: 9 })] }));
    expect(await people()).toEqual({ p1: 3, late: 3 });
  });

  test('a merge stays in its scope', async () => {
    await fill();
    await warehouse().write(
      sampleBatch({ position: 2, rows: [row('o1', { scope: other, person: 1 })], merges: [{ scope: other, from: 2, to: 1 }, merge(1, 2)] }),
    );
    expect((await people()).p1).toBe(2);
    expect((await warehouse().run(allRows, { scope: other })).map((one) => one.person)).toEqual([1]);
  });

  test('a row without a merge keeps its person', async () => {
    await fill();
    expect(await people()).toEqual({ p1: 1, p2: 2, p3: 3, p4: 4, p5: 5 });
  });
}

function describeErasure(warehouse: () => Warehouse, reopen: () => Promise<void>): void {
  /** Rows `p1` … `p5`, one a person, of both scopes; person 1 has become person 2. */
  const fill = async () => {
    const people = [1, 2, 3, 4, 5];
    const rows = [scope, other].flatMap((where) => people.map((person) => row(`p${person}`, { scope: where, person, k: person })));
    await warehouse().write(sampleBatch({ position: 1, rows, merges: [{ scope, from: 1, to: 2 }] }));
  };

  test('what is erased is gone, with what merges brought along, and nobody else is touched', async () => {
    await fill();
    await warehouse().erase(scope, [2, 4]);
    expect(await idsIn(warehouse())).toEqual(['p3', 'p5']);
    expect(await idsIn(warehouse(), other)).toEqual(['p1', 'p2', 'p3', 'p4', 'p5']);
    await reopen();
    expect(await idsIn(warehouse())).toEqual(['p3', 'p5']);
  });

  test('a number that has become another person erases nothing', async () => {
    await fill();
    await warehouse().erase(scope, [1]);
    expect(await idsIn(warehouse())).toEqual(['p1', 'p2', 'p3', 'p4', 'p5']);
  });

  test('erasing nobody, somebody unknown or somebody twice does no harm, and writing goes on', async () => {
    await fill();
    await warehouse().erase(scope, []);
    await warehouse().erase(`${scope}/unknown`, [3]);
    await warehouse().erase(scope, [3, 99]);
    await warehouse().erase(scope, [3]);
    await warehouse().write(sampleBatch({ position: 1, rows: [row('p3', { person: 3 })] }));
    await warehouse().write(sampleBatch({ position: 2, rows: [row('p6', { person: 6, k: 6 })] }));
    expect(await idsIn(warehouse())).toEqual(['p1', 'p2', 'p4', 'p5', 'p6']);
  });

  test('rows that are written while others are erased are kept', async () => {
    await fill();
    const written = [2, 3, 4].map((position) =>
      warehouse().write(sampleBatch({ position, rows: [row(`p${position + 4}`, { person: position + 4, k: position + 4 })] })),
    );
    await Promise.all([...written, warehouse().erase(scope, [2, 3, 4, 5])]);
    expect(await idsIn(warehouse())).toEqual(['p6', 'p7', 'p8']);
  });
}
