import type { IdentityLevel } from '../../../kernel/event.ts';
import type { PersonRow } from '../contract.ts';

/** What the list statement gives for one person. */
export interface PersonRecord {
  readonly id: string;
  readonly user_id: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly level: IdentityLevel;
  readonly first_seen: Date;
  readonly last_seen: Date;
  readonly accounts: { id: string; name: string | null }[] | null;
  readonly milestones: number;
}

/** The columns of {@link PersonRecord}, from a table `people p`. Versions before kept milestones as a record. */
export const personColumns = `
  p.id, p.user_id, p.name, p.email, p.level, p.first_seen, p.last_seen,
  (select json_agg(json_build_object('id', m.account, 'name', a.name) order by m.account)
    from memberships m left join accounts a on a.workspace = m.workspace and a.environment = m.environment and a.id = m.account
    where m.workspace = p.workspace and m.environment = p.environment and m.person = p.id) as accounts,
  case json_typeof(p.doc -> 'milestones')
    when 'array' then json_array_length(p.doc -> 'milestones' -> 0)
    else (select count(*)::int from json_object_keys(p.doc -> 'milestones')) end as milestones`;

export function toPersonRow(record: PersonRecord): PersonRow {
  return {
    id: record.id,
    userId: record.user_id,
    name: record.name,
    email: record.email,
    level: record.level,
    accounts: record.accounts ?? [],
    milestones: record.milestones,
    firstSeen: record.first_seen.getTime(),
    lastSeen: record.last_seen.getTime(),
  };
}
