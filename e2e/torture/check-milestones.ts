import { scopeKey } from '@gangway/product/kernel/scope.ts';
import { parseSubjectKey } from '@gangway/product/kernel/subject.ts';
import type { StandingRow } from '@gangway/product/pipeline/tables.ts';
import type { Disks } from './world.ts';

/** A milestone that a person has reached is a row of the warehouse, of the same instant, and the other way round. */
export function checkMilestones({ db, warehouse }: Disks): string[] {
  const standings = [...(db.tables.get('standings')?.values() ?? [])] as unknown as StandingRow[];
  const stood = new Map<string, number>();
  for (const row of standings) {
    const subject = parseSubjectKey(row.subject);
    if (row.slice === 'milestones' && subject.kind === 'person') stood.set(`${scopeKey(row)}:${subject.id}/${row.definition}`, row.at);
  }
  const told = new Map<string, number>();
  for (const { kind, scope, person, name, k } of warehouse.rows) {
    if (kind !== 'milestone') continue;
    const key = `${scope}:p_${warehouse.became.get(`${scope}:${person}`) ?? person}/${name}`;
    // Both of two who have become one may have reached it: the first time counts.
    told.set(key, Math.min(told.get(key) ?? Number.POSITIVE_INFINITY, Math.floor(k / 4096)));
  }
  const differ = [...new Set([...stood.keys(), ...told.keys()])].filter((key) => stood.get(key) !== told.get(key));
  return differ.map((key) => `${key} was reached at ${stood.get(key)}, the warehouse says ${told.get(key)}`);
}
