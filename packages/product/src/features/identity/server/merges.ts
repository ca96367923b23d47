import type { Scope } from '../../../kernel/scope.ts';
import type { StoredMergeBefore } from '../../../pipeline/merge.ts';
import type { PersonRow } from '../../../pipeline/tables.ts';
import { linkRow } from '../../../pipeline/working-set.ts';
import type { Services } from '../../../ports/http/route.ts';
import { milestoneNames } from '../../milestones/server/reader.ts';
import { labelOf, labelPeople } from '../../people/server/reader.ts';
import type { MergeAnswer, PersonBeforeAnswer } from '../contract.ts';

interface MergeRecord {
  readonly id: string;
  readonly at: Date;
  readonly person: string;
  readonly other: string;
  readonly outcome: 'merged' | 'refused';
  readonly call: string;
  readonly actor: string;
  readonly before: StoredMergeBefore | null;
}

/** The latest merges of a person and of all who became them, and what was refused. */
const mostMerges = 50;

/** How a person came to be one: each merge with what both were before, which is what undoing it would give again. */
export async function listMerges({ db, sql }: Services, scope: Scope, person: PersonRow): Promise<MergeAnswer[]> {
  const rows = await sql.read<MergeRecord>(
    scope,
    `with recursive became(id) as (
       select $3::text collate "C"
       union select p.id from people p join became b on p.merged_into = b.id where p.workspace = $1 and p.environment = $2
     )
     select id, at, person, other, outcome, call, actor, before from merges
     where workspace = $1 and environment = $2 and (person in (select id from became) or other in (select id from became))
     order by at desc, id limit ${mostMerges}`,
    [scope.workspace, scope.environment, person.id],
  );
  const labels = await labelPeople(sql, scope, [...new Set(rows.flatMap((row) => [row.person, row.other]))]);
  const name = await milestoneNames(db, scope);
  const labelled = (id: string) => ({ id, label: labels.get(id)?.label ?? id });
  return rows.map((row) => ({
    id: row.id,
    at: row.at.getTime(),
    outcome: row.outcome,
    call: row.call,
    actor: row.actor,
    person: row.before ? { id: row.person, label: labelOf(row.before.to) } : labelled(row.person),
    other: row.before ? { id: row.other, label: labelOf(row.before.from) } : labelled(row.other),
    before: row.before && { other: shown(scope, row.before.from, name), person: shown(scope, row.before.to, name) },
    eventsSince: row.before && row.person === person.id ? eventsSince(person, row, rows) : null,
  }));
}

/** What the person did by now, less what both had done before and what later merges brought along. */
function eventsSince(person: PersonRow, merge: MergeRecord, all: readonly MergeRecord[]): number {
  const later = all.filter((row) => row.before && row.person === person.id && row.at >= merge.at && row.id !== merge.id);
  const brought = later.reduce((sum, row) => sum + (row.before?.from.doc.folded ?? 0), 0);
  const before = (merge.before?.from.doc.folded ?? 0) + (merge.before?.to.doc.folded ?? 0);
  return Math.max(0, person.doc.folded - before - brought);
}

function shown(scope: Scope, before: StoredMergeBefore['from'], milestoneName: (id: string) => string): PersonBeforeAnswer {
  const { doc, links } = before;
  return {
    id: before.id,
    label: labelOf(before),
    links: links.map((link) => {
      const { kind, value } = linkRow(scope, link);
      return { kind, value };
    }),
    events: doc.folded,
    firstSeen: before.firstSeen,
    lastSeen: before.lastSeen,
    traits: { ...doc.traits },
    accounts: [...doc.accounts],
    milestones: Object.keys(doc.milestones).map((id) => ({ id, name: milestoneName(id) })),
    states: Object.keys(doc.states).sort(),
  };
}
