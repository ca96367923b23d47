import type { Json } from '../../../kernel/json.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { type DraftRow, drafts, live, versions } from '../../../pipeline/tables.ts';
import type { Tx } from '../../../ports/db/db.ts';

/** The names of what asks for a list, live or as a draft of something that was not stopped. */
export async function usesOfList(tx: Tx, scope: Scope, list: string): Promise<string[]> {
  const columns = scopeColumns(scope);
  const held = await tx.list(live, { where: columns });
  const published = await tx.get(
    versions,
    held.map(({ slice, definition, version }) => ({ ...columns, slice, definition, version })),
  );
  const lives = new Set(held.map(keyOf));
  const names = new Map<string, string>();
  const note = (row: { readonly slice: string; readonly definition: string; readonly body: Json }) => {
    if (asksFor(row.body, list)) names.set(keyOf(row), (row.body as { name?: string }).name ?? row.definition);
  };
  published.forEach(note);
  for (const draft of await tx.list<DraftRow>(drafts, { where: columns })) {
    if (names.has(keyOf(draft)) || !asksFor(draft.body, list)) continue;
    if (lives.has(keyOf(draft)) || !(await wasPublished(tx, draft))) note(draft);
  }
  return [...names.values()];
}

async function wasPublished(tx: Tx, { workspace, environment, slice, definition }: DraftRow): Promise<boolean> {
  return (await tx.list(versions, { where: { workspace, environment, slice, definition }, limit: 1 })).length > 0;
}

function keyOf({ slice, definition }: { readonly slice: string; readonly definition: string }): string {
  return `${slice}/${definition}`;
}

/** Whether a condition that asks for the list lies anywhere in a body, of whatever slice it is. */
function asksFor(body: Json, list: string): boolean {
  if (typeof body !== 'object' || body === null) return false;
  if (!Array.isArray(body) && 'type' in body && body.type === 'cohort' && body.id === list) return true;
  return Object.values(body).some((part) => asksFor(part as Json, list));
}
