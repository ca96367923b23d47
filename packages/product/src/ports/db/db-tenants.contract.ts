import { beforeEach, describe, expect, test } from 'vitest';
import type { Access, Db, Tx } from './db.ts';
import { sampleRow } from './sample-row.contract.ts';
import { members, samples } from './test-tables.contract.ts';

const system: Access = { as: 'system' };

/** A request sees and writes rows of its own tenant alone; the machine sees all. */
export function describeDbTenants(db: () => Db): void {
  describe('tenants', () => {
    let mine = '';
    let theirs = '';
    const request = (): Access => ({ as: 'request', scope: { workspace: mine, environment: 'production' } });
    const both = (tx: Tx) =>
      Promise.all([mine, theirs].map((workspace) => tx.list(samples, { where: { workspace }, orderBy: ['environment'] })));

    beforeEach(async () => {
      mine = `w_${crypto.randomUUID()}`;
      theirs = `w_${crypto.randomUUID()}`;
      await db().transaction(system, async (tx) => {
        await tx.put(samples, [
          sampleRow({ workspace: mine, label: 'mine' }),
          sampleRow({ workspace: mine, environment: 'staging', label: 'my staging' }),
          sampleRow({ workspace: theirs, label: 'theirs' }),
        ]);
        await tx.put(members, [
          { workspace: mine, id: 'm', label: 'mine' },
          { workspace: theirs, id: 'm', label: 'theirs' },
        ]);
      });
    });

    test('list shows the tenant alone, with and without asking', async () => {
      const seen = await db().transaction(request(), async (tx) => [
        ...(await tx.list(samples, {})),
        ...(await tx.list(samples, { where: { workspace: theirs } })),
      ]);
      expect(seen.map((row) => row.label)).toEqual(['mine']);
    });

    test('get of another tenant finds nothing', async () => {
      const keys = [mine, theirs].map((workspace) => ({ workspace, environment: 'production', id: 'r1' }));
      const seen = await db().transaction(request(), (tx) =>
        tx.get(samples, [...keys, { workspace: mine, environment: 'staging', id: 'r1' }]),
      );
      expect(seen.map((row) => row.label)).toEqual(['mine']);
    });

    test('rows of a workspace are seen from each of its environments', async () => {
      const access: Access = { as: 'request', scope: { workspace: mine, environment: 'staging' } };
      const seen = await db().transaction(access, (tx) => tx.list(members, {}));
      expect(seen.map((row) => row.label)).toEqual(['mine']);
    });

    test.each<[string, (tx: Tx) => Promise<unknown>]>([
      ['put', (tx) => tx.put(samples, [sampleRow({ workspace: theirs, label: 'stolen' })])],
      ['put into another environment', (tx) => tx.put(samples, [sampleRow({ workspace: mine, environment: 'staging', label: 'stolen' })])],
      [
        'put beside a row of its own',
        (tx) => tx.put(samples, [sampleRow({ workspace: mine, label: 'changed' }), sampleRow({ workspace: theirs, id: 'r2' })]),
      ],
      ['insertNew', (tx) => tx.insertNew(samples, [sampleRow({ workspace: theirs, id: 'r2' })])],
      ['put into another workspace', (tx) => tx.put(members, [{ workspace: theirs, id: 'm2', label: 'stolen' }])],
    ])('%s of another tenant throws and stores nothing', async (_, work) => {
      await expect(db().transaction(request(), work)).rejects.toThrow();
      const [left, other] = await db().transaction(system, both);
      expect(left?.map((row) => row.label)).toEqual(['mine', 'my staging']);
      expect(other?.map((row) => row.label)).toEqual(['theirs']);
    });

    test('remove of another tenant removes nothing', async () => {
      const key = { workspace: theirs, environment: 'production', id: 'r1' };
      expect(await db().transaction(request(), (tx) => tx.remove(samples, [key]))).toBe(0);
      const [, other] = await db().transaction(system, both);
      expect(other).toHaveLength(1);
    });

    test('a request reads and writes its own rows', async () => {
      await db().transaction(request(), async (tx) => {
        await tx.put(samples, [sampleRow({ workspace: mine, label: 'changed' })]);
        expect(await tx.insertNew(samples, [sampleRow({ workspace: mine, id: 'r2' })])).toHaveLength(1);
        expect(await tx.remove(samples, [{ workspace: mine, environment: 'production', id: 'r2' }])).toBe(1);
      });
      const [left] = await db().transaction(system, both);
      expect(left?.map((row) => row.label)).toEqual(['changed', 'my staging']);
    });

    test('tenants at the same time do not see each other', async () => {
      const other: Access = { as: 'request', scope: { workspace: theirs, environment: 'production' } };
      const seen = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          db().transaction(index % 2 === 0 ? request() : other, async (tx) => (await tx.list(samples, {})).map((row) => row.label)),
        ),
      );
      expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => [index % 2 === 0 ? 'mine' : 'theirs']));
    });
  });
}
