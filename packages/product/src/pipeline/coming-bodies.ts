import type { Scope } from '../kernel/scope.ts';
import type { Tx } from '../ports/db/db.ts';
import { type DefinitionState, definitionEntryPrefix } from './definition-entry.ts';
import { definitionNeeds, preparations } from './preparation-tables.ts';
import { scopeColumns } from './registry.ts';
import { seenEntries, type VersionRow, versions } from './tables.ts';

/** No entry waits longer between outbox and application, and its id is known for longer. Milliseconds. */
const longestWait = 24 * 3_600_000;

/**
 * The versions that were published and do not hold yet: their past is being counted, or the entry that publishes
 * them was not applied. What was taken back before it held is not among them.
 *
 * @param now epoch milliseconds
 */
export async function comingBodies(tx: Tx, scope: Scope, now: number): Promise<VersionRow[]> {
  const columns = scopeColumns(scope);
  const from = now - longestWait;
  const recent = newestOf(await tx.list(versions, { where: columns, range: { column: 'publishedAt', from } }));
  const applied = await tx.get(
    seenEntries,
    recent.map((row) => ({ id: prefixOf(row, 'published') + row.publishedAt, ...columns })),
  );
  const known = new Set(applied.map(({ id }) => id));
  const coming: VersionRow[] = [];
  for (const row of recent) {
    if (!known.has(prefixOf(row, 'published') + row.publishedAt) && !(await wasKilled(tx, row))) coming.push(row);
  }
  const counting = (await tx.list(preparations, { where: columns })).filter(({ phase }) => phase !== 'rest');
  // The entry that publishes a version whose past was counted may wait; what the version asks for is noted until it is applied.
  const asking = [...counting, ...(await tx.list(definitionNeeds, { where: columns }))];
  const older = newestOf(await tx.get(versions, asking)).filter(({ publishedAt }) => publishedAt < from);
  return [...coming, ...older];
}

function newestOf(rows: readonly VersionRow[]): VersionRow[] {
  const newest = new Map<string, VersionRow>();
  for (const row of rows) {
    const key = `${row.slice}/${row.definition}`;
    if (row.version > (newest.get(key)?.version ?? 0)) newest.set(key, row);
  }
  return [...newest.values()];
}

/** A version that is taken back while its past is counted is never published in the log. */
async function wasKilled(tx: Tx, row: VersionRow): Promise<boolean> {
  const { workspace, environment } = row;
  const prefix = prefixOf(row, 'killed');
  const range = { column: 'id', from: prefix, to: `${prefix}\uffff` } as const;
  return (await tx.list(seenEntries, { where: { workspace, environment }, range, limit: 1 })).length > 0;
}

function prefixOf({ slice, definition, version }: VersionRow, state: DefinitionState): string {
  return definitionEntryPrefix({ slice, id: definition }, { version, state });
}
