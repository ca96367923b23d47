import type { Scope } from '../../../kernel/scope.ts';
import { draftFacts } from '../../../pipeline/draft-facts.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { type PersonRow, people } from '../../../pipeline/tables.ts';
import type { Db } from '../../../ports/db/db.ts';
import type { Warehouse } from '../../../ports/warehouse/warehouse.ts';
import { answerRule } from '../../../rules/answer-rule.ts';
import type { Facts } from '../../../rules/facts.ts';
import type { Rule } from '../../../rules/rule.ts';

/** Documents read at a time, and at most: beyond that the answer speaks of those that were read. */
const page = 500;
const maximum = 20_000;
const listed = 50;

/** Who matches. */
export interface Members {
  /** The latest seen first, at most 50. */
  readonly people: readonly PersonRow[];
  readonly total: number;
  /** How many people were looked at. */
  readonly of: number;
}

/** Where people and what they did are kept. */
export interface Stores {
  readonly db: Db;
  readonly warehouse: Warehouse;
}

function isIn(rule: Rule, facts: Facts | undefined, now: number): boolean {
  return facts !== undefined && answerRule(rule, facts, now).answer === 'yes';
}

/**
 * Asks everybody, with the one evaluator. Unknown is not in.
 *
 * @param rule without segments: theirs are put in
 * @param now epoch milliseconds
 */
export async function findMembers(stores: Stores, scope: Scope, { rule, now }: { rule: Rule; now: number }): Promise<Members> {
  const { db } = stores;
  let [total, of, after] = [0, 0, ''];
  let newest: PersonRow[] = [];
  while (of < maximum) {
    const rows = await db.transaction({ as: 'request', scope }, (tx) =>
      tx.list(people, { where: scopeColumns(scope), orderBy: ['id'], after, limit: page }),
    );
    const known = rows.filter((row) => row.mergedInto === null);
    const facts = await draftFacts(stores, scope, { rows: known, rule });
    const inside = known.filter((_, index) => isIn(rule, facts[index], now));
    of += known.length;
    total += inside.length;
    newest = [...newest, ...inside].sort((a, b) => b.lastSeen - a.lastSeen).slice(0, listed);
    after = rows.at(-1)?.id ?? '';
    if (rows.length < page) break;
  }
  return { people: newest, total, of };
}
