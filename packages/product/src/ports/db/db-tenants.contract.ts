import { beforeEach, describe, expect, test } from 'vitest';
import type { Access, Db, Tx } from './db.ts';
import { sampleRow } from './sample-row.contract.ts';
import { members, type SampleRow, samples } from './test-tables.contract.ts';

const system: Access = { as: 'system' };

interface Tenants {
  mine: string;
  theirs: string;
}

/** A request sees and writes rows of its own tenant alone; the machine sees all. */
export function describeDbTenants(db: () => Db): void {
  describe('tenants', () => {
    const tenants: Tenants = { mine: '', theirs: '' };
    beforeEach(async () => {
      tenants.mine = `w_${crypto.randomUUID()}`;
      tenants.theirs = `w_${crypto.randomUUID()}`;
      await db().transaction(system, async (tx) => {
        await tx.put(samples, [
          sampleRow({ workspace: tenants.mine, label: 'mine' }),
          sampleRow({ workspace: tenants.mine, environment: 'staging', label: 'my staging' }),
          sampleRow({ workspace: tenants.theirs, label: 'theirs' }),
        ]);
        await tx.put(members, [
          { workspace: tenants.mine, id: 'm', label: 'mine' },
          { workspace: tenants.theirs, id: 'm', label: 'theirs' },
        ]);
      });
    });
    describeReading(db, tenants);
    describeWriting(db, tenants);
  });
}

function request({ mine }: Tenants): Access {
  return { as: 'request', scope: { workspace: mine, environment: 'production' } };
}

/** The sample rows of each tenant. */
function both({ mine, theirs }: Tenants): (tx: Tx) => Promise<SampleRow[][]> {
  return (tx) => Promise.all([mine, theirs].map((workspace) => tx.list(samples, { where: { workspace }, orderBy: ['environment'] })));
}

function describeReading(db: () => Db, tenants: Tenants): void {
  test('list shows the tenant alone, with and without asking', async () => {
    const seen = await db().transaction(request(tenants), async (tx) => [
      ...(await tx.list(samples, {})),
      ...(await tx.list(samples, { where: { workspace: tenants.theirs } })),
    ]);
    expect(seen.map((row) => row.label)).toEqual(['mine']);
  });

  test('get of another tenant finds nothing', async () => {
    const keys = [tenants.mine, tenants.theirs].map((workspace) => ({ workspace, environment: 'production', id: 'r1' }));
    const seen = await db().transaction(request(tenants), (tx) =>
      tx.get(samples, [...keys, { workspace: tenants.mine, environment: 'staging', id: 'r1' }]),
    );
    expect(seen.map((row) => row.label)).toEqual(['mine']);
  });

  test('rows of a workspace are seen from each of its environments', async () => {
    const access: Access = { as: 'request', scope: { workspace: tenants.mine, environment: 'staging' } };
    const seen = await db().transaction(access, (tx) => tx.list(members, {}));
    expect(seen.map((row) => row.label)).toEqual(['mine']);
  });

  test('tenants at the same time do not see each other', async () => {
    const other: Access = { as: 'request', scope: { workspace: tenants.theirs, environment: 'production' } };
    const seen = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        db().transaction(index % 2 === 0 ? request(tenants) : other, async (tx) => (await tx.list(samples, {})).map((row) => row.label)),
      ),
    );
    expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => [index % 2 === 0 ? 'mine' : 'theirs']));
  });
}

function describeWriting(db: () => Db, tenants: Tenants): void {
  test.each<[string, (tx: Tx) => Promise<unknown>]>([
    ['put', (tx) => tx.put(samples, [sampleRow({ workspace: tenants.theirs, label: 'stolen' })])],
    [
      'put into another environment',
      (tx) => tx.put(samples, [sampleRow({ workspace: tenants.mine, environment: 'staging', label: 'stolen' })]),
    ],
    [
      'put beside a row of its own',
      (tx) =>
        tx.put(samples, [sampleRow({ workspace: tenants.mine, label: 'changed' }), sampleRow({ workspace: tenants.theirs, id: 'r2' })]),
    ],
    ['insertNew', (tx) => tx.insertNew(samples, [sampleRow({ workspace: tenants.theirs, id: 'r2' })])],
    ['put into another workspace', (tx) => tx.put(members, [{ workspace: tenants.theirs, id: 'm2', label: 'stolen' }])],
  ])('%s of another tenant throws and stores nothing', async (_, work) => {
    await expect(db().transaction(request(tenants), work)).rejects.toThrow();
    const [left, other] = await db().transaction(system, both(tenants));
    expect(left?.map((row) => row.label)).toEqual(['mine', 'my staging']);
    expect(other?.map((row) => row.label)).toEqual(['theirs']);
  });

  test('remove of another tenant removes nothing', async () => {
    const key = { workspace: tenants.theirs, environment: 'production', id: 'r1' };
    expect(await db().transaction(request(tenants), (tx) => tx.remove(samples, [key]))).toBe(0);
    const [, other] = await db().transaction(system, both(tenants));
    expect(other).toHaveLength(1);
  });

  test('a request reads and writes its own rows', async () => {
    await db().transaction(request(tenants), async (tx) => {
      await tx.put(samples, [sampleRow({ workspace: tenants.mine, label: 'changed' })]);
      expect(await tx.insertNew(samples, [sampleRow({ workspace: tenants.mine, id: 'r2' })])).toHaveLength(1);
      expect(await tx.remove(samples, [{ workspace: tenants.mine, environment: 'production', id: 'r2' }])).toBe(1);
    });
    const [left] = await db().transaction(system, both(tenants));
    expect(left?.map((row) => row.label)).toEqual(['changed', 'my staging']);
  });
}
