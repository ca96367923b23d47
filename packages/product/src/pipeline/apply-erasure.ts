import type { LoggedEntry } from '../kernel/entry.ts';
import type { AcceptedEvent } from '../kernel/event.ts';
import type { Scope } from '../kernel/scope.ts';
import type { Table } from '../ports/db/db.ts';
import { describeAccount } from './describe-account.ts';
import type { Body } from './entry-body.ts';
import { type Registry, scopeColumns } from './registry.ts';
import { emptyPersonDoc } from './subject-doc.ts';
import { merges, type PersonRow, pipelineTables } from './tables.ts';
import { count, type ProofCounter, type WorkingSet } from './working-set.ts';

/**
 * Everything derived of a person goes. A husk stays, their number and nothing else, because numbers are given in a
 * row and lists are paged by id: without it a replay would call everybody after them by other names.
 */
export async function applyErase(set: WorkingSet, entry: LoggedEntry, { people }: Body<'erase'>): Promise<void> {
  const columns = scopeColumns(entry.scope);
  await set.flush();
  await set.people.load(people.map((id) => ({ id, ...columns })));
  for (const id of people) {
    const row = set.people.get({ id, ...columns });
    if (!row) continue;
    set.people.put(husk(entry.scope, row.number));
    for (const table of pipelineTables as readonly Table<object>[]) await removeOf(set, table, columns, id);
    for (const column of ['person', 'other'] as const)
      await set.tx.remove(merges, await set.tx.list(merges, { where: { [column]: id, ...columns } }));
    set.wakes.remove({ subject: `person:${id}`, ...columns });
  }
}

/** Rows that name the person in a column of their own, whatever the table is. */
async function removeOf(set: WorkingSet, table: Table<object>, columns: Scope, id: string): Promise<void> {
  if (table.kind !== 'derived' || !('workspace' in table.columns)) return;
  const where = 'person' in table.columns ? { person: id } : 'subject' in table.columns ? { subject: `person:${id}` } : undefined;
  if (where) await set.tx.remove(table, await set.tx.list(table, { where: { ...columns, ...where } }));
}

function husk(scope: Scope, number: number): PersonRow {
  return {
    ...scopeColumns(scope),
    id: `p_${number}`,
    number,
    userId: null,
    anonymousId: null,
    name: null,
    email: null,
    level: 'anonymous',
    firstSeen: 0,
    lastSeen: 0,
    claimedAt: null,
    verifiedAt: null,
    // Nobody has this id: every list of people, and every way that follows merges, passes it by.
    mergedInto: '',
    doc: emptyPersonDoc,
  };
}

/** In a replay: what the entry did besides its person is done again. */
export function applyErased(set: WorkingSet, registry: Registry, entry: LoggedEntry, body: Body<'erased'>): void {
  const { made, counted = [], account } = body;
  if (made !== undefined) {
    count(set, entry.scope, 'people');
    set.people.put(husk(entry.scope, made));
  }
  for (const name of counted) count(set, entry.scope, name as ProofCounter);
  if (!account) return;
  const { id, type, time, traits } = account;
  const event: AcceptedEvent = { type, messageId: entry.id, groupId: id, anonymousId: '', time, receivedAt: time, level: 'server', traits };
  describeAccount({ set, registry, entry: { ...entry, body: { what: 'event', event } } }, id);
}
