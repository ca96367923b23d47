import type { Scope } from '@gangway/product/kernel/scope.ts';
import { people } from '@gangway/product/pipeline/tables.ts';
import type { Db } from '@gangway/product/ports/db/db.ts';

/** How often events of a name were folded into the documents of all people of an environment. */
export async function countFolded(db: Db, { workspace, environment }: Scope, name: string): Promise<number> {
  const rows = await db.transaction({ as: 'system' }, (tx) => tx.list(people, { where: { workspace, environment } }));
  return rows.reduce((sum, { doc }) => sum + doc.events.count(name), 0);
}
