import type { Scope } from '../../../kernel/scope.ts';
import { liveBodies } from '../../../pipeline/live-bodies.ts';
import type { Db } from '../../../ports/db/db.ts';
import type { Milestone } from '../milestone.ts';

/** The live milestones of an environment, by id. */
export async function liveMilestones(db: Db, scope: Scope): Promise<ReadonlyMap<string, Milestone>> {
  const rows = await db.transaction({ as: 'request', scope }, (tx) => liveBodies(tx, scope, 'milestones'));
  return new Map(rows.map((row) => [row.definition, row.body as unknown as Milestone]));
}

/** How the milestones of an environment are called; one that is not live by its id. */
export async function milestoneNames(db: Db, scope: Scope): Promise<(id: string) => string> {
  const milestones = await liveMilestones(db, scope);
  return (id) => milestones.get(id)?.name ?? id;
}
