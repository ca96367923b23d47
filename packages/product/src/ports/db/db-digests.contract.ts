import { beforeEach, describe, expect, test } from 'vitest';
import type { Access, Db } from './db.ts';
import { type DigestRow, digests } from './test-tables.contract.ts';

const system: Access = { as: 'system' };

/** Digests, as keys and beside them: they come back as they were given, and what is none is refused. */
export function describeDbDigests(db: () => Db): void {
  describe('digests', () => {
    let workspace = '';
    let start = '';
    beforeEach(() => {
      workspace = `w_${crypto.randomUUID()}`;
      // Of this test alone: no other part of the key says whose a row is.
      start = crypto.randomUUID().replaceAll('-', '').slice(0, 24);
    });
    const digest = (end: string) => start + end.padStart(8, '0');
    const row = (end: string, part: Partial<DigestRow> = {}): DigestRow => ({
      ...{ digest: digest(end), other: null },
      ...{ workspace, environment: 'production' },
      ...part,
    });
    const store = (rows: readonly DigestRow[]) => db().transaction(system, (tx) => tx.put(digests, rows));
    const all = () => db().transaction(system, (tx) => tx.list(digests, { where: { workspace }, orderBy: ['digest'] }));

    test('come back as they were given, every bit, in the order of their digits; null beside the key is null', async () => {
      const rows = [
        row('0'),
        row('1', { other: '0'.repeat(32) }),
        row('7fffffff'),
        row('80000000', { other: 'f'.repeat(32) }),
        row('ffffffff'),
      ];
      await store([...rows].reverse());
      expect(await all()).toEqual(rows);
    });

    test('put replaces the row of the same digest', async () => {
      await store([row('1', { other: digest('2') }), row('2')]);
      await store([row('1'), row('2', { other: digest('1'), environment: 'staging' })]);
      expect(await all()).toEqual([row('1'), row('2', { other: digest('1'), environment: 'staging' })]);
    });

    test('get finds what is there, once, and leaves out what is not', async () => {
      await store([row('a'), row('b'), row('c')]);
      const keys = ['c', 'd', 'a', 'a'].map((end) => ({ digest: digest(end) }));
      const found = await db().transaction(system, (tx) => tx.get(digests, keys));
      expect(found.sort((a, b) => (a.digest < b.digest ? -1 : 1))).toEqual([row('a'), row('c')]);
    });

    test('insertNew tells what was new, whether some were, all, or none', async () => {
      await store([row('b'), row('d', { environment: 'staging' })]);
      const given = ['e', 'd', 'c', 'b', 'a'].map((end) => row(end, { other: digest('9') }));
      const insert = () => db().transaction(system, (tx) => tx.insertNew(digests, given));
      expect(await insert()).toEqual(['e', 'c', 'a'].map((end) => row(end, { other: digest('9') })));
      expect(await insert()).toEqual([]);
      const more = ['f', '10'].map((end) => row(end));
      expect(await db().transaction(system, (tx) => tx.insertNew(digests, more))).toEqual(more);
      expect((await all()).map((each) => each.other)).toEqual([digest('9'), null, digest('9'), null, digest('9'), null, null]);
    });

    test('list compares them; remove and removeListed find them', async () => {
      await store(['1', '2', '3', '4', '5'].map((end) => row(end, { other: digest(end) })));
      await db().transaction(system, async (tx) => {
        const ends = (rows: readonly DigestRow[]) => rows.map((each) => each.digest.at(-1)).join('');
        expect(ends(await tx.list(digests, { where: { other: digest('3') } }))).toBe('3');
        const range = { column: 'digest', from: digest('2'), to: digest('4') } as const;
        expect(ends(await tx.list(digests, { range, orderBy: ['digest'] }))).toBe('234');
        const where = { workspace };
        expect(ends(await tx.list(digests, { where, orderBy: ['digest'], after: digest('3') }))).toBe('45');
        expect(
          await tx.remove(
            digests,
            ['1', '1', '7'].map((end) => ({ digest: digest(end) })),
          ),
        ).toBe(1);
        expect(await tx.removeListed(digests, { range: { column: 'other', from: digest('4'), to: digest('5') } })).toBe(2);
      });
      expect(await all()).toEqual(['2', '3'].map((end) => row(end, { other: digest(end) })));
    });

    test('a request sees those of its own environment alone', async () => {
      await store([row('1'), row('2', { environment: 'staging' })]);
      const keys = ['1', '2'].map((end) => ({ digest: digest(end) }));
      await db().transaction({ as: 'request', scope: { workspace, environment: 'staging' } }, async (tx) => {
        expect(await tx.get(digests, keys)).toEqual([row('2', { environment: 'staging' })]);
        expect(await tx.list(digests, {})).toEqual([row('2', { environment: 'staging' })]);
        expect(await tx.remove(digests, keys)).toBe(1);
      });
      expect(await all()).toEqual([row('1')]);
    });

    test.each([
      ['too short', '0'.repeat(31)],
      ['too long', '0'.repeat(33)],
      ['empty', ''],
      ['not a digit', `${'0'.repeat(31)}g`],
      ['upper case', 'A'.repeat(32)],
      ['the dashes of a UUID', '00000000-0000-0000-0000-000000000000'],
      // The last eight bits of this letter are those of the digit 0.
      ['a letter that ends like a digit', '\u0130'.repeat(32)],
    ])('%s is refused, to be kept and to be looked for', async (_, broken) => {
      await expect(store([row('1'), row('2', { digest: broken })])).rejects.toThrow(RangeError);
      await expect(store([row('1', { other: broken })])).rejects.toThrow(RangeError);
      await db().transaction(system, async (tx) => {
        await expect(tx.insertNew(digests, [row('1', { digest: broken })])).rejects.toThrow(RangeError);
        await expect(tx.get(digests, [{ digest: broken }])).rejects.toThrow(RangeError);
        await expect(tx.remove(digests, [{ digest: broken }])).rejects.toThrow(RangeError);
        await expect(tx.list(digests, { where: { digest: broken } })).rejects.toThrow(RangeError);
        await expect(tx.removeListed(digests, { range: { column: 'other', from: broken } })).rejects.toThrow(RangeError);
        // Nothing of all that was sent, so nothing has spoilt the transaction.
        await tx.put(digests, [row('1')]);
      });
      expect(await all()).toEqual([row('1')]);
    });
  });
}
