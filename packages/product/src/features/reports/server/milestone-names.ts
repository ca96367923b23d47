import type { Scope } from '../../../kernel/scope.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { live, versions } from '../../../pipeline/tables.ts';
import type { Db } from '../../../ports/db/db.ts';
import type { Milestone } from '../../milestones/index.ts';
import type { EventPick } from '../event-pick.ts';

/** The live milestones of an environment, by id. */
export async function liveMilestones(db: Db, scope: Scope): Promise<ReadonlyMap<string, Milestone>> {
  const columns = scopeColumns(scope);
  const rows = await db.transaction({ as: 'request', scope }, async (tx) => {
    const held = await tx.list(live, { where: { ...columns, slice: 'milestones' } });
    return tx.get(
      versions,
      held.map((row) => ({ ...columns, slice: row.slice, definition: row.definition, version: row.version })),
    );
  });
  return new Map(rows.map((row) => [row.definition, row.body as unknown as Milestone]));
}

/** How the milestones of an environment are called; one that is not live by its id. */
export async function milestoneNames(db: Db, scope: Scope): Promise<(id: string) => string> {
  const milestones = await liveMilestones(db, scope);
  return (id) => milestones.get(id)?.name ?? id;
}

/** What a reader calls the rows that are meant. */
export function pickLabel(pick: EventPick, nameOf: (milestone: string) => string): string {
  if (pick.type === 'any') return 'Any event';
  return pick.type === 'event' ? pick.name : nameOf(pick.id);
}
