import type { Scope } from '../kernel/scope.ts';
import type { Tx } from '../ports/db/db.ts';
import { scopeColumns } from './registry.ts';
import { live, type VersionRow, versions } from './tables.ts';

/** The published versions that are live for a slice, in the order of their ids. */
export async function liveBodies(tx: Tx, scope: Scope, slice: string): Promise<VersionRow[]> {
  const columns = scopeColumns(scope);
  const rows = await tx.list(live, { where: { ...columns, slice }, orderBy: ['definition'] });
  return tx.get(
    versions,
    rows.map((row) => ({ ...columns, slice, definition: row.definition, version: row.version })),
  );
}
