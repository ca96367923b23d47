import type { Scope } from '../../../kernel/scope.ts';
import { containing } from '../../../ports/db/containing.ts';
import type { SqlReader } from '../../../ports/db/db.ts';
import { labelOf } from '../../people/server/reader.ts';
import type { CohortListAnswer, CohortListQuery } from '../contract.ts';

interface Row {
  readonly subject: string;
  readonly at: Date;
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly user_id: string | null;
  readonly total: number;
}

/** A page of those on a list. The total is that of the whole list, or of all who match the search. */
export async function listPeople(sql: SqlReader, scope: Scope, asked: CohortListQuery & { id: string }): Promise<CohortListAnswer> {
  const { id, after, search, limit } = asked;
  const pattern = search === '' ? null : containing(search);
  const rows = await sql.read<Row>(
    scope,
    `with listed as (
       select s.subject, s.at, p.id, p.name, p.email, p.user_id, count(*) over ()::int as total
       from standings s join people p on p.workspace = s.workspace and p.environment = s.environment and 'person:' || p.id = s.subject
       where s.workspace = $1 and s.environment = $2 and s.slice = 'cohorts' and s.definition = $3 and s.status = 'on'
         and ($4::text is null or p.name ilike $4 or p.email ilike $4 or p.user_id ilike $4)
     )
     select * from listed where subject > $5 order by subject limit $6`,
    [scope.workspace, scope.environment, id, pattern, after, limit],
  );
  const people = rows.map((row) => ({
    id: row.id,
    label: labelOf({ ...row, userId: row.user_id }),
    userId: row.user_id,
    since: row.at.getTime(),
  }));
  return { people, total: rows[0]?.total ?? 0, next: rows.length < limit ? null : (rows.at(-1)?.subject ?? null) };
}
