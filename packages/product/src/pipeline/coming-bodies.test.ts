import { describe, expect, it } from 'vitest';
import type { Tx } from '../ports/db/db.ts';
import { createMemoryDb, createMemoryDisk } from '../ports/db/memory-db.ts';
import { comingBodies } from './coming-bodies.ts';
import { definitionNeeds, type PreparationRow, preparations } from './preparation-tables.ts';
import { versions } from './tables.ts';

const scope = { workspace: 'w', environment: 'e' };
const key = { ...scope, slice: 'milestones', definition: 'payer' };
const needs = { features: [], accountTraits: [] };
const day = 86_400_000;
const now = Date.UTC(2026, 0, 10);

function preparation(version: number, phase: PreparationRow['phase']): PreparationRow {
  const counted = { pass: 1, looked: 0, missing: 0, among: null, left: null };
  return { ...key, ...counted, version, needs, entry: 'entry', everyone: true, phase, after: '', last: '', due: now };
}

/** Versions that are coming, when two were published so many days ago. */
async function comingAfter(days: readonly [number, number], note: (tx: Tx) => Promise<unknown>): Promise<number[]> {
  const db = createMemoryDb(createMemoryDisk());
  return db.transaction({ as: 'system' }, async (tx) => {
    const rows = days.map((ago, index) => ({
      ...key,
      version: index + 1,
      body: {},
      only: null,
      publishedAt: now - ago * day,
      publishedBy: 'a',
    }));
    await tx.put(versions, rows);
    await note(tx);
    return (await comingBodies(tx, scope, now)).map(({ version }) => version);
  });
}

describe('a version that was published days ago', () => {
  it('is coming while its past is counted', async () => {
    expect(await comingAfter([9, 3], (tx) => tx.put(preparations, [preparation(2, 'people')]))).toEqual([2]);
  });

  it('is coming once while both are noted, and while the entry that publishes it waits to be applied', async () => {
    const both = async (tx: Tx) => {
      await tx.put(preparations, [preparation(2, 'people')]);
      await tx.put(definitionNeeds, [{ ...key, version: 2, needs }]);
    };
    expect(await comingAfter([9, 3], both)).toEqual([2]);
    const counted = (tx: Tx) => tx.put(definitionNeeds, [{ ...key, version: 2, needs }]);
    expect(await comingAfter([9, 3], counted)).toEqual([2]);
  });

  it('is not coming any more when it holds, also while some people are still counted', async () => {
    expect(await comingAfter([9, 3], async () => undefined)).toEqual([]);
    expect(await comingAfter([9, 3], (tx) => tx.put(preparations, [preparation(2, 'rest')]))).toEqual([]);
  });

  it('is coming once when it is recent, whatever is noted of it', async () => {
    expect(await comingAfter([3, 0], (tx) => tx.put(definitionNeeds, [{ ...key, version: 2, needs }]))).toEqual([2]);
  });
});
