import { scopeKey } from '@gangway/product/kernel/scope.ts';
import { reachedCounter } from '@gangway/product/pipeline/count-reached.ts';
import { accounts, counters, people } from '@gangway/product/pipeline/tables.ts';
import { rowsOnDisk } from '@gangway/product/ports/db/memory-db.ts';
import type { Disks } from './world.ts';

/** A milestone that a person has reached is a row of the warehouse, of the same instant, and the other way round; and as many are counted as have reached it. */
export function checkMilestones(disks: Disks): string[] {
  return [...checkTold(disks), ...checkCounted(disks)];
}

function checkTold({ db, warehouse }: Disks): string[] {
  const stood = new Map<string, number>();
  for (const row of rowsOnDisk(db, people))
    for (const [id, at] of row.doc.milestones.entries()) stood.set(`${scopeKey(row)}:${row.id}/${id}`, at);
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

function checkCounted({ db }: Disks): string[] {
  const reached = new Map<string, number>();
  for (const row of [...rowsOnDisk(db, people), ...rowsOnDisk(db, accounts)])
    for (const id of row.doc.milestones.names) reached.set(reachedCounter(id), (reached.get(reachedCounter(id)) ?? 0) + 1);
  const counted = rowsOnDisk(db, counters).filter(({ name, value }) => name.startsWith(reachedCounter('')) && value !== 0);
  const said = new Map(counted.map(({ name, value }) => [name, value]));
  const differ = [...new Set([...reached.keys(), ...said.keys()])].filter((name) => reached.get(name) !== said.get(name));
  return differ.map((name) => `${name} is ${said.get(name)}, and ${reached.get(name)} have`);
}
