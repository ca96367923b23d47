import type { Json } from '../../../kernel/json.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { comingBodies } from '../../../pipeline/coming-bodies.ts';
import { liveBodies } from '../../../pipeline/live-bodies.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { type DraftRow, drafts, versions } from '../../../pipeline/tables.ts';
import type { Tx } from '../../../ports/db/db.ts';

/**
 * The names of what asks for a list: live, about to be, or as a draft of something that was not stopped.
 *
 * @param now epoch milliseconds
 */
export async function usesOfList(tx: Tx, scope: Scope, { list, now }: { list: string; now: number }): Promise<string[]> {
  const published = [...(await liveBodies(tx, scope)), ...(await comingBodies(tx, scope, now))];
  const names = new Map<string, string>();
  const note = (row: { readonly slice: string; readonly definition: string; readonly body: Json }) => {
    if (asksFor(row.body, list)) names.set(keyOf(row), (row.body as { name?: string }).name ?? row.definition);
  };
  published.forEach(note);
  const asking = (await tx.list(drafts, { where: scopeColumns(scope) })).filter(({ body }) => asksFor(body, list));
  const stopped = await stoppedOf(tx, asking, new Set(published.map(keyOf)));
  for (const draft of asking) if (!names.has(keyOf(draft)) && !stopped.has(keyOf(draft))) note(draft);
  return [...names.values()];
}

/** Which of the drafts are of something that was published once and holds no more. */
async function stoppedOf(tx: Tx, asking: readonly DraftRow[], holding: ReadonlySet<string>): Promise<Set<string>> {
  const first = await tx.get(
    versions,
    asking.map(({ workspace, environment, slice, definition }) => ({ workspace, environment, slice, definition, version: 1 })),
  );
  return new Set(first.map(keyOf).filter((key) => !holding.has(key)));
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
