import { beforeAll, describe, expect, test } from 'vitest';
import type { Access, Db, Selection } from './db.ts';
import { sampleRow } from './sample-row.contract.ts';
import { type SampleRow, samples } from './test-tables.contract.ts';

const system: Access = { as: 'system' };

/** What `list` selects, in which order, and that `removeListed` removes the same. Text is ordered by code point, as ids are compared everywhere else. */
export function describeDbSelections(db: () => Db): void {
  describe('list', () => {
    const workspace = `w_${crypto.randomUUID()}`;
    const rows: readonly SampleRow[] = [
      sampleRow({ workspace, id: 'B', count: 3, label: 'x', seenAt: 3000, open: true }),
      sampleRow({ workspace, id: 'a', count: 1, label: null, seenAt: 1000, open: false }),
      sampleRow({ workspace, id: 'b', count: 2, label: 'x', seenAt: 2000, open: null }),
      sampleRow({ workspace, id: 'c-1', count: 2, label: 'y', seenAt: null, open: true }),
      sampleRow({ workspace, id: 'c1', count: 5, label: 'z', seenAt: 5000, open: true }),
      sampleRow({ workspace, id: 'é', count: null, label: '', seenAt: 4000, open: true, environment: 'staging' }),
    ];
    beforeAll(() => db().transaction(system, (tx) => tx.put(samples, rows)));

    /** In rows like these, of somebody else. */
    async function removes(selection: Selection<SampleRow>, expected: readonly string[]): Promise<void> {
      const other = `w_${crypto.randomUUID()}`;
      const removed = await db().transaction(system, async (tx) => {
        await tx.put(
          samples,
          rows.map((each) => ({ ...each, workspace: other })),
        );
        return tx.removeListed(samples, { ...selection, where: { ...selection.where, workspace: other } });
      });
      expect(removed).toBe(expected.length);
      const left = await db().transaction(system, (tx) => tx.list(samples, { where: { workspace: other }, orderBy: ['id'] }));
      expect(left.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).filter((id) => !expected.includes(id)));
      expect(await db().transaction(system, (tx) => tx.list(samples, { where: { workspace } }))).toHaveLength(rows.length);
    }

    test.each<[string, Selection<SampleRow>, readonly string[]]>([
      ['everything, by code point', { orderBy: ['id'] }, ['B', 'a', 'b', 'c-1', 'c1', 'é']],
      ['by text, equal', { where: { label: 'x' }, orderBy: ['id'] }, ['B', 'b']],
      ['null is equal to null', { where: { label: null }, orderBy: ['id'] }, ['a']],
      ['false is not null', { where: { open: false }, orderBy: ['id'] }, ['a']],
      ['an instant, equal', { where: { seenAt: 3000 }, orderBy: ['id'] }, ['B']],
      ['all of where', { where: { label: 'x', count: 2 }, orderBy: ['id'] }, ['b']],
      ['range includes both ends', { range: { column: 'count', from: 2, to: 3 }, orderBy: ['id'] }, ['B', 'b', 'c-1']],
      ['range without a lower end leaves nulls out', { range: { column: 'count', to: 2 }, orderBy: ['id'] }, ['a', 'b', 'c-1']],
      ['range without an upper end', { range: { column: 'seenAt', from: 3000 }, orderBy: ['seenAt'] }, ['B', 'é', 'c1']],
      ['range over text', { range: { column: 'id', from: 'a', to: 'c-1' }, orderBy: ['id'] }, ['a', 'b', 'c-1']],
      ['order by two columns', { range: { column: 'count', from: 0 }, orderBy: ['count', 'id'] }, ['a', 'b', 'c-1', 'B', 'c1']],
      [
        'descending in every column',
        { range: { column: 'count', from: 0 }, orderBy: ['count', 'id'], descending: true },
        ['c1', 'B', 'c-1', 'b', 'a'],
      ],
      ['limit', { orderBy: ['id'], limit: 2 }, ['B', 'a']],
      ['limit of nothing', { orderBy: ['id'], limit: 0 }, []],
      ['after', { orderBy: ['id'], after: 'b', limit: 2 }, ['c-1', 'c1']],
      ['after an instant', { range: { column: 'seenAt', from: 0 }, orderBy: ['seenAt'], after: 3000 }, ['é', 'c1']],
      ['after, going down', { orderBy: ['id'], after: 'b', descending: true }, ['a', 'B']],
      ['after the end', { orderBy: ['id'], after: 'é' }, []],
      ['where in one environment', { where: { environment: 'staging' } }, ['é']],
    ])('%s', async (_, selection, expected) => {
      const where = { ...selection.where, workspace };
      const found = await db().transaction(system, (tx) => tx.list(samples, { ...selection, where }));
      expect(found.map((row) => row.id)).toEqual(expected);
      await removes(selection, expected);
    });
  });
}
