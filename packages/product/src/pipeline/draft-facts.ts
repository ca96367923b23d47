import type { Scope } from '../kernel/scope.ts';
import { scopeKey } from '../kernel/scope.ts';
import type { Db } from '../ports/db/db.ts';
import type { Warehouse } from '../ports/warehouse/warehouse.ts';
import type { Facts } from '../rules/facts.ts';
import type { Rule } from '../rules/rule.ts';
import { deliverTraits } from './account-facts.ts';
import { withCounted } from './apply-facts.ts';
import { countPast, uncounted } from './count-past.ts';
import { pickTraits } from './describe-account.ts';
import { isCounted, keyed, needsOf } from './fact-index.ts';
import { pastEvents } from './past-events.ts';
import { scopeColumns } from './registry.ts';
import { factsOf, type PersonDoc } from './subject-doc.ts';
import { type AccountRow, accounts, type PersonRow } from './tables.ts';

/**
 * The facts of these people for a rule that need not be live: what nobody asked for yet is counted now, from the
 * warehouse, and taken from the accounts as they are. Undefined for a person whose past the warehouse does not
 * hold as a whole at this moment.
 *
 * @param rule without segments
 */
export async function draftFacts(
  { db, warehouse }: { readonly db: Db; readonly warehouse: Warehouse },
  scope: Scope,
  input: { readonly rows: readonly PersonRow[]; readonly rule: Rule },
): Promise<(Facts | undefined)[]> {
  const { rows, rule } = input;
  const needs = needsOf([rule]);
  const features = keyed(needs.features);
  const left = uncounted(rows, features);
  const names = [...new Set(needs.features.map(({ name }) => name))];
  const events =
    left.length === 0 ? [] : await warehouse.run(pastEvents, { scope: scopeKey(scope), people: left.map(({ number }) => number), names });
  const counted = new Map(countPast(left, features, events).map(({ person, facts }) => [person, facts]));
  const owners = needs.accountTraits.length === 0 ? new Map<string, AccountRow>() : await accountsOf(db, scope, rows);
  return rows.map((row) => {
    const past = counted.get(row.id);
    const doc = past ? withCounted(row.doc, features, past) : row.doc;
    return isCounted(doc, features) ? factsOf(withAccounts(doc, owners, new Set(needs.accountTraits))) : undefined;
  });
}

async function accountsOf(db: Db, scope: Scope, rows: readonly PersonRow[]): Promise<Map<string, AccountRow>> {
  const ids = [...new Set(rows.flatMap(({ doc }) => doc.accounts))];
  const found = await db.transaction({ as: 'request', scope }, (tx) =>
    tx.get<AccountRow>(
      accounts,
      ids.map((id) => ({ id, ...scopeColumns(scope) })),
    ),
  );
  return new Map(found.map((row) => [row.id, row]));
}

function withAccounts(doc: PersonDoc, owners: ReadonlyMap<string, AccountRow>, names: ReadonlySet<string>): PersonDoc {
  let next = doc;
  for (const id of doc.accounts) {
    const owner = owners.get(id);
    if (owner) next = deliverTraits(next, id, pickTraits(owner.doc, names)).doc;
  }
  return next;
}
