import type { Scope } from '../kernel/scope.ts';
import type { Tx } from '../ports/db/db.ts';
import { scopeColumns } from './registry.ts';
import { live, type VersionRow, versions } from './tables.ts';

/** The published versions that are live, of one slice or of all. */
export async function liveBodies(tx: Tx, scope: Scope, slice?: string): Promise<VersionRow[]> {
  const columns = scopeColumns(scope);
  const rows = await tx.list(live, { where: { ...columns, ...(slice === undefined ? {} : { slice }) } });
  return tx.get(
    versions,
    rows.map(({ slice: of, definition, version }) => ({ slice: of, definition, version, ...columns })),
  );
}
