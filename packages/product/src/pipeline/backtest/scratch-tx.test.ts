import { type Arbitrary, array, assert, asyncProperty, constantFrom, option, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tx } from '../../ports/db/db.ts';
import { describeDbSelections } from '../../ports/db/db-selections.contract.ts';
import { createMemoryDb } from '../../ports/db/memory-db.ts';
import { sampleRow } from '../../ports/db/sample-row.contract.ts';
import { type SampleRow, samples } from '../../ports/db/test-tables.contract.ts';
import { createScratchTx } from './scratch-tx.ts';

describe('the store of a run', () => {
  const shared = createScratchTx();
  describeDbSelections(() => ({ transaction: (_, work) => work(shared), close: async () => undefined }));

  const id = constantFrom('a', 'b', 'c', 'd', 'e');
  const label = option(constantFrom('x', 'y'));
  const act = record({ what: constantFrom('put', 'insertNew', 'remove', 'list'), id, label, count: option(constantFrom(1, 2)) });
  type Act = typeof act extends Arbitrary<infer Value> ? Value : never;

  /** One call, and what it gives, in an order of its own. */
  async function answer(tx: Tx, { what, id: one, label: of, count }: Act): Promise<unknown> {
    const row = sampleRow({ workspace: 'w', environment: 'e', id: one, label: of, count });
    if (what === 'put') return tx.put(samples, [row]);
    if (what === 'insertNew') return (await tx.insertNew(samples, [row])).length;
    if (what === 'remove') return tx.remove(samples, [row]);
    const where: Partial<SampleRow> = { workspace: 'w', ...(count === null ? { label: of } : { count, label: of }) };
    return (await tx.list(samples, { where, orderBy: ['id'] })).map((each) => [each.id, each.label, each.count]);
  }

  it('answers as the twin of the db port does, whatever was changed between two questions', async () => {
    await assert(
      asyncProperty(array(act, { maxLength: 40 }), async (acts) => {
        const scratch = createScratchTx();
        const [given, expected]: [unknown[], unknown[]] = [[], []];
        for (const one of acts) given.push(await answer(scratch, one));
        await createMemoryDb().transaction({ as: 'system' }, async (twin) => {
          for (const one of acts) expected.push(await answer(twin, one));
        });
        expect(given).toEqual(expected);
      }),
    );
  });

  it('looks at the rows of one person, not at those of everybody: a history of many merges asks for each', async () => {
    const tx = createScratchTx();
    let looks = 0;
    const rows = Array.from({ length: 1_000 }, (_, index) => {
      const row = sampleRow({ workspace: 'w', environment: 'e', id: `row-${index}` });
      const get = () => {
        looks++;
        return `person-${index % 500}`;
      };
      return Object.defineProperty(row, 'label', { get });
    });
    await tx.put(samples, rows);
    await tx.list(samples, { where: { workspace: 'w', label: 'person-0' } });
    looks = 0;
    for (let person = 0; person < 500; person++)
      expect(await tx.list(samples, { where: { workspace: 'w', label: `person-${person}` } })).toHaveLength(2);
    expect(looks).toBeLessThanOrEqual(2 * 500);
  });
});
