import { Problem } from '../../../kernel/problem.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import type { PersonRow as StoredPerson } from '../../../pipeline/tables.ts';
import { people } from '../../../pipeline/tables.ts';
import type { Db, SqlReader } from '../../../ports/db/db.ts';

/** What a person did, a page at a time. */
export { timeline } from './queries/timeline.ts';
export { readTimelinePage, type TimelinePage } from './timeline-page.ts';

/** A person as other slices show them. */
export interface PersonLabel {
  readonly id: string;
  readonly label: string;
}

/** How a person is called where there is room for one word. */
export function labelOf(person: {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly userId: string | null;
}): string {
  return person.name ?? person.email ?? person.userId ?? `Visitor ${person.id.slice(2)}`;
}

/** The person who is behind an id now: one that was merged leads to its survivor. Undefined when there is none. */
export async function findPerson(db: Db, scope: Scope, id: string): Promise<StoredPerson | undefined> {
  return db.transaction({ as: 'request', scope }, async (tx) => {
    let next: string | null = id;
    for (let hops = 0; next !== null && hops < 10; hops++) {
      const [row]: StoredPerson[] = await tx.get(people, [{ id: next, ...scopeColumns(scope) }]);
      if (!row || row.mergedInto === null) return row;
      next = row.mergedInto;
    }
    return undefined;
  });
}

/** The same, where there has to be one. Throws a Problem 404 otherwise. */
export async function requirePerson(db: Db, scope: Scope, id: string): Promise<StoredPerson> {
  const person = await findPerson(db, scope, id);
  if (!person) throw new Problem('not_found', 404, 'There is no such person in this environment.');
  return person;
}

/** Labels of persons by id, merged ones under their survivor. */
export async function labelPeople(sql: SqlReader, scope: Scope, ids: readonly string[]): Promise<Map<string, PersonLabel>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.read<{ asked: string; id: string; name: string | null; email: string | null; user_id: string | null }>(
    scope,
    `select p.id as asked, t.id, t.name, t.email, t.user_id from people p
     join people t on t.workspace = p.workspace and t.environment = p.environment and t.id = coalesce(p.merged_into, p.id)
     where p.workspace = $1 and p.environment = $2 and p.id = any($3)`,
    [scope.workspace, scope.environment, ids],
  );
  return new Map(rows.map((row) => [row.asked, { id: row.id, label: labelOf({ ...row, userId: row.user_id }) }]));
}

/** The same by the numbers that analytics use. */
export async function labelNumbers(sql: SqlReader, scope: Scope, numbers: readonly number[]): Promise<Map<number, PersonLabel>> {
  if (numbers.length === 0) return new Map();
  const rows = await sql.read<{ number: number; id: string; name: string | null; email: string | null; user_id: string | null }>(
    scope,
    'select number, id, name, email, user_id from people where workspace = $1 and environment = $2 and number = any($3)',
    [scope.workspace, scope.environment, numbers],
  );
  return new Map(rows.map((row) => [row.number, { id: row.id, label: labelOf({ ...row, userId: row.user_id }) }]));
}

/** Accounts by id, as they are called; one without a name by its id, unknown ones are missing. */
export async function labelAccounts(sql: SqlReader, scope: Scope, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.read<{ id: string; name: string | null }>(
    scope,
    'select id, name from accounts where workspace = $1 and environment = $2 and id = any($3)',
    [scope.workspace, scope.environment, ids],
  );
  return new Map(rows.map((row) => [row.id, row.name ?? row.id]));
}
