import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Access, Db } from './db.ts';
import { describeDbDigests } from './db-digests.contract.ts';
import { describeDbSelections } from './db-selections.contract.ts';
import { describeDbTenants } from './db-tenants.contract.ts';
import { describeDbTwin } from './db-twin.contract.ts';
import { sampleRow } from './sample-row.contract.ts';
import { counters, members, type SampleRow, samples } from './test-tables.contract.ts';

const system: Access = { as: 'system' };

/**
 * The behaviour of every {@link Db}. `create` opens a database in which `testTables` exist; rows of earlier runs
 * may be there, every test works in a workspace of its own.
 */
export function describeDbContract(name: string, create: () => Promise<Db>): void {
  describe(`db: ${name}`, () => {
    let db: Db;
    beforeAll(async () => {
      db = await create();
    });
    afterAll(() => db?.close());
    describeRows(() => db);
    describeTransactions(() => db);
    describeLocks(() => db);
    describeDbDigests(() => db);
    describeDbSelections(() => db);
    describeDbTenants(() => db);
    describeDbTwin(() => db);
  });
}

const roundTrips: readonly [string, Partial<SampleRow>][] = [
  ['nulls everywhere', { label: null, count: null, ratio: null, open: null, data: null, seenAt: null }],
  ['large integers', { count: 2 ** 53 - 1 }],
  ['negative integers', { count: -(2 ** 53 - 1) }],
  ['fractions', { ratio: 0.1 + 0.2 }],
  ['very small numbers', { ratio: 5e-324 }],
  ['instants to the millisecond', { seenAt: 1_763_759_675_123 }],
  ['instants before 1970', { seenAt: -1 }],
  ['booleans', { open: false }],
  ['empty text', { label: '' }],
  ['quotes and unicode', { label: `it's "quoted" \\ \t\n $1 %s ; -- 日本語 🚪 é e\u0301 \u202e` }],
  ['json objects with nested nulls', { data: { a: null, b: [null, { c: null }], d: {} } }],
  ['json scalars: text', { data: 'null' }],
  ['json scalars: number', { data: 0 }],
  ['json scalars: false', { data: false }],
  ['json lists', { data: [1, 'two', [3], { four: 4 }] }],
  ['json with hostile strings', { data: { nul: 'a\u0000b', lone: '\ud800', quote: `'"\\`, 'key "x"': '{,}' } }],
  ['json keys of prototypes', { data: JSON.parse('{"__proto__": 1, "constructor": 2}') }],
];

function describeRows(db: () => Db): void {
  let workspace = '';
  beforeEach(() => {
    workspace = `w_${crypto.randomUUID()}`;
  });
  const row = (part: Partial<SampleRow>) => sampleRow({ workspace, ...part });
  const store = (rows: readonly SampleRow[]) => db().transaction(system, (tx) => tx.put(samples, rows));
  const all = () => db().transaction(system, (tx) => tx.list(samples, { where: { workspace }, orderBy: ['id'] }));

  test.each(roundTrips)('round trip: %s', async (_, part) => {
    await store([row(part)]);
    expect(await all()).toEqual([row(part)]);
  });

  test('put replaces the whole row', async () => {
    await store([row({ label: 'one', count: 1, data: { a: 1 } })]);
    await store([row({ label: null, count: 2, data: null })]);
    expect(await all()).toEqual([row({ label: null, count: 2, data: null })]);
  });

  test('put refuses two rows with one key and stores nothing', async () => {
    await expect(store([row({ id: 'a', count: 1 }), row({ id: 'b' }), row({ id: 'a', count: 2 })])).rejects.toThrow();
    expect(await all()).toEqual([]);
  });

  test('put of many rows', async () => {
    const rows = Array.from({ length: 1500 }, (_, index) => row({ id: `r${String(index).padStart(5, '0')}`, count: index }));
    await store(rows);
    expect(await all()).toEqual(rows);
  });

  test('get finds what is there, once, and leaves out what is not', async () => {
    await store([row({ id: 'a' }), row({ id: 'b' }), row({ id: 'c' })]);
    const keys = ['c', 'missing', 'a', 'a'].map((id) => ({ workspace, environment: 'production', id }));
    const found = await db().transaction(system, (tx) => tx.get(samples, keys));
    expect(found.map((one) => one.id).sort()).toEqual(['a', 'c']);
  });

  test('insertNew leaves what is there and tells what was new; of two equal keys the first wins', async () => {
    await store([row({ id: 'a', label: 'old' })]);
    const given = [row({ id: 'a', label: 'new' }), row({ id: 'b', label: 'first' }), row({ id: 'b', label: 'second' })];
    const inserted = await db().transaction(system, (tx) => tx.insertNew(samples, given));
    expect(inserted).toEqual([row({ id: 'b', label: 'first' })]);
    expect((await all()).map((one) => one.label)).toEqual(['old', 'first']);
  });

  test('remove tells how many there were', async () => {
    await store([row({ id: 'a' }), row({ id: 'b' })]);
    const keys = ['a', 'a', 'missing'].map((id) => ({ workspace, environment: 'production', id }));
    expect(await db().transaction(system, (tx) => tx.remove(samples, keys))).toBe(1);
    expect((await all()).map((one) => one.id)).toEqual(['b']);
  });
}

function describeTransactions(db: () => Db): void {
  let workspace = '';
  beforeEach(() => {
    workspace = `w_${crypto.randomUUID()}`;
  });

  test('what throws leaves nothing, in any table', async () => {
    const failing = db().transaction(system, async (tx) => {
      await tx.put(samples, [sampleRow({ workspace })]);
      await tx.insertNew(members, [{ workspace, id: 'm', label: 'M' }]);
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    const left = await db().transaction(system, async (tx) => [
      ...(await tx.list(samples, { where: { workspace } })),
      ...(await tx.list(members, { where: { workspace } })),
    ]);
    expect(left).toEqual([]);
  });

  test('a transaction sees its own writes, also removals', async () => {
    const key = { workspace, environment: 'production', id: 'r1' };
    await db().transaction(system, async (tx) => {
      await tx.put(samples, [sampleRow({ workspace, label: 'mine' })]);
      expect((await tx.get(samples, [key]))[0]?.label).toBe('mine');
      expect(await tx.list(samples, { where: { workspace } })).toHaveLength(1);
      await tx.remove(samples, [key]);
      expect(await tx.get(samples, [key])).toEqual([]);
      expect(await tx.insertNew(samples, [sampleRow({ workspace, label: 'again' })])).toHaveLength(1);
    });
    expect((await db().transaction(system, (tx) => tx.get(samples, [key])))[0]?.label).toBe('again');
  });

  test('put, insertNew, get and remove of nothing', async () => {
    await db().transaction(system, async (tx) => {
      await tx.put(samples, []);
      await tx.lock([]);
      expect(await tx.insertNew(samples, [])).toEqual([]);
      expect(await tx.get(samples, [])).toEqual([]);
      expect(await tx.remove(samples, [])).toBe(0);
    });
  });

  test('statements that are asked for together run in their order', async () => {
    const key = { workspace, environment: 'production', id: 'r1' };
    const [, before, , after] = await db().transaction(system, (tx) =>
      Promise.all([
        tx.put(samples, [sampleRow({ workspace, label: 'one' })]),
        tx.get(samples, [key]),
        tx.put(samples, [sampleRow({ workspace, label: 'two' })]),
        tx.get(samples, [key]),
      ]),
    );
    expect([before, after].map(([row]) => row?.label)).toEqual(['one', 'two']);
  });

  test('one of several that are asked for together and fails leaves nothing of any', async () => {
    const row = { workspace, id: 'm', label: 'M' };
    const failing = db().transaction(system, (tx) =>
      Promise.all([tx.put(members, [row]), tx.put(samples, [sampleRow({ workspace }), sampleRow({ workspace })]), tx.get(members, [row])]),
    );
    await expect(failing).rejects.toThrow('two rows with one key');
    await db().transaction(system, async (tx) => expect(await tx.get(members, [row])).toEqual([]));
  });

  test('the result of the work is the result of the transaction', async () => {
    expect(await db().transaction(system, async () => ({ answer: 42 }))).toEqual({ answer: 42 });
  });

  test('a failed transaction does not hurt the next', async () => {
    await expect(db().transaction(system, () => Promise.reject(new Error('first')))).rejects.toThrow('first');
    await db().transaction(system, (tx) => tx.put(members, [{ workspace, id: 'm', label: 'M' }]));
  });
}

function describeLocks(db: () => Db): void {
  let workspace = '';
  beforeEach(() => {
    workspace = `w_${crypto.randomUUID()}`;
  });

  test('transactions that lock one name run one after another', async () => {
    const id = `counter_${workspace}`;
    const increment = () =>
      db().transaction(system, async (tx) => {
        await tx.lock([id]);
        const [found] = await tx.get(counters, [{ id }]);
        await tx.put(counters, [{ id, count: (found?.count ?? 0) + 1 }]);
      });
    await Promise.all(Array.from({ length: 50 }, increment));
    const [counter] = await db().transaction(system, (tx) => tx.get(counters, [{ id }]));
    expect(counter?.count).toBe(50);
  });

  test('names locked in different orders do not stop each other for ever', async () => {
    const names = ['a', 'b', 'c'].map((letter) => `${letter}_${workspace}`);
    const work = (order: readonly string[]) =>
      db().transaction(system, async (tx) => {
        await tx.lock(order);
        const [found] = await tx.get(counters, [{ id: workspace }]);
        await tx.put(counters, [{ id: workspace, count: (found?.count ?? 0) + 1 }]);
      });
    await Promise.all(Array.from({ length: 20 }, (_, index) => work(index % 2 === 0 ? names : [...names].reverse())));
    const [counter] = await db().transaction(system, (tx) => tx.get(counters, [{ id: workspace }]));
    expect(counter?.count).toBe(20);
  });
}
