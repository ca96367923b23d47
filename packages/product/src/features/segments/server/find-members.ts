import type { Leaving } from '../../../kernel/leaving.ts';
import { type Scope, scopeKey } from '../../../kernel/scope.ts';
import { draftFacts } from '../../../pipeline/draft-facts.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { type PersonRow, people } from '../../../pipeline/tables.ts';
import type { Db } from '../../../ports/db/db.ts';
import type { Warehouse } from '../../../ports/warehouse/warehouse.ts';
import { answerRule } from '../../../rules/answer-rule.ts';
import { featuresOf } from '../../../rules/features.ts';
import type { Rule } from '../../../rules/rule.ts';
import { documentRule, givenFacts } from './given-facts.ts';
import { type RuleAnswersParams, ruleAnswers } from './queries/rule-answers.ts';

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

interface Question {
  /** Without segments: theirs are put in. */
  readonly rule: Rule;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Ends the question when whoever asks has gone. */
  readonly asker?: Leaving | undefined;
}

/**
 * Asks everybody. Unknown is not in. What every document counts is answered from the documents. A rule that asks for
 * more, for properties, sums or days, is answered by the warehouse in one question for all, as far as it has come.
 */
export function findMembers(stores: Stores, scope: Scope, question: Question): Promise<Members> {
  return featuresOf(question.rule).length === 0 ? findInDocuments(stores, scope, question) : findInWarehouse(stores, scope, question);
}

async function findInDocuments(stores: Stores, scope: Scope, { rule, now }: Question): Promise<Members> {
  let [total, of] = [0, 0];
  let newest: PersonRow[] = [];
  for await (const rows of pagesOfPeople(stores.db, scope)) {
    const facts = await draftFacts(stores, scope, { rows, rule });
    const inside = rows.filter((_, index) => {
      const known = facts[index];
      return known !== undefined && answerRule(rule, known, now).answer === 'yes';
    });
    of += rows.length;
    total += inside.length;
    newest = latestSeen([...newest, ...inside]);
  }
  return { people: newest, total, of };
}

async function findInWarehouse(stores: Stores, scope: Scope, { rule, now, asker }: Question): Promise<Members> {
  const asked = documentRule(rule);
  const everybody: { readonly key: PersonKey; readonly number: number; readonly lastSeen: number }[] = [];
  const subjects: RuleAnswersParams['subjects'][number][] = [];
  for await (const rows of pagesOfPeople(stores.db, scope)) {
    const facts = await draftFacts(stores, scope, { rows, rule: asked });
    for (const [index, row] of rows.entries()) {
      everybody.push({ key: { id: row.id, ...scopeColumns(scope) }, number: row.number, lastSeen: row.lastSeen });
      subjects.push({ person: row.number, facts: givenFacts(rule, facts[index] ?? {}) });
    }
  }
  const known = { events: true, milestones: true };
  const answers = await stores.warehouse.run(ruleAnswers, { scope: scopeKey(scope), rule, now, known, subjects }, { asker });
  const inside = everybody.filter(({ number }) => answers.get(number) === 'yes');
  const keys = latestSeen(inside).map(({ key }) => key);
  const found = await stores.db.transaction({ as: 'request', scope }, (tx) => tx.get(people, keys));
  return { people: latestSeen(found), total: inside.length, of: everybody.length };
}

type PersonKey = Pick<PersonRow, 'workspace' | 'environment' | 'id'>;

function latestSeen<Row extends { readonly lastSeen: number }>(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => b.lastSeen - a.lastSeen).slice(0, listed);
}

/** People page by page, without those who have become somebody else. */
async function* pagesOfPeople(db: Db, scope: Scope): AsyncGenerator<PersonRow[]> {
  let after = '';
  for (let read = 0; read < maximum; read += page) {
    const rows = await db.transaction({ as: 'request', scope }, (tx) =>
      tx.list(people, { where: scopeColumns(scope), orderBy: ['id'], after, limit: page }),
    );
    yield rows.filter((row) => row.mergedInto === null);
    after = rows.at(-1)?.id ?? '';
    if (rows.length < page) return;
  }
}
