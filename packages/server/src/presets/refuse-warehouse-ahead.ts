import { Problem } from '@gangway/product/kernel/problem.ts';
import { applyReader } from '@gangway/product/pipeline/apply.ts';
import { readers } from '@gangway/product/pipeline/tables.ts';
import type { Db } from '@gangway/product/ports/db/db.ts';
import type { Warehouse } from '@gangway/product/ports/warehouse/warehouse.ts';

/**
 * Refuses a warehouse that has read further than the database has applied: it was filled by another installation, or
 * the database is an older one. It would take what happens next for known, and lose it without a word.
 */
export async function refuseWarehouseAhead({ db, warehouse }: { db: Db; warehouse: Warehouse }, partitions: number): Promise<void> {
  const keys = Array.from({ length: partitions }, (_, partition) => ({ reader: applyReader, partition }));
  const applied = await db.transaction({ as: 'system' }, (tx) => tx.get(readers, keys));
  for (const { partition } of keys) {
    const known = applied.find((row) => row?.partition === partition)?.position ?? 0;
    if ((await warehouse.position(partition)) <= known) continue;
    throw new Problem(
      'warehouse_ahead',
      500,
      'The warehouse knows more than the database: it belongs to another installation, or the database was restored from an older backup. ' +
        'Empty the warehouse (docs/operate.md says how) and start again; it is filled from the event log. Nothing was changed.',
    );
  }
}
