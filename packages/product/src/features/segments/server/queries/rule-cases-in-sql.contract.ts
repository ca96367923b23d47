import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Warehouse, WarehouseRow } from '../../../../ports/warehouse/warehouse.ts';
import { featuresOf } from '../../../../rules/features.ts';
import { historyOf } from '../../../../rules/naive-answer.contract.ts';
import { reduce } from '../../../../rules/reduce.ts';
import { type RuleCase, readRuleCases } from '../../../../rules/rule-cases.contract.ts';
import { type RuleAnswersParams, ruleAnswers } from './rule-answers.ts';

/** A case as a warehouse has it. */
interface CaseInRows {
  readonly name: string;
  readonly answer: string;
  readonly rows: readonly WarehouseRow[];
  readonly params: RuleAnswersParams;
}

/**
 * Holds the SQL of rules against `spec/rules`: every case whose facts can be told by rows and by what a caller gives.
 *
 * @param every asks only every so many-th case, where an engine is slow over small questions
 */
export function describeRuleCases(name: string, open: () => Promise<Warehouse>, every = 1): void {
  const told = readRuleCases().flatMap(({ file, cases }) => cases.flatMap((each) => inRows(each, `${file}: ${each.name}`)));
  const cases = told.filter((_, index) => index % every === 0);
  describe(`spec/rules: ${name}`, () => {
    let warehouse: Warehouse;
    beforeAll(async () => {
      warehouse = await open();
      await warehouse.write({ partition: 0, position: 1, rows: cases.flatMap(({ rows }) => rows), merges: [] });
    });
    afterAll(() => warehouse?.close());

    test('nearly every case can be told by rows', () => {
      expect(told.length).toBeGreaterThan(850);
    });

    test.each(cases.map((each) => [each.name, each] as const))('%s', async (_, { params, answer }) => {
      expect((await warehouse.run(ruleAnswers, params)).get(1)).toBe(answer);
    });
  });
}

/** Nothing where the facts are not the ones of any history. */
function inRows({ rule, facts, history, now, answer }: RuleCase, name: string): CaseInRows[] {
  const events = history ?? (facts.events ? historyOf(facts.events) : []);
  const counted = facts.events !== undefined;
  if (!events || (!history && counted && featuresOf(rule).length > 0)) return [];
  if (!counted && facts.features) return [];
  const scope = `w_${name}/spec`;
  const base = { scope, person: 1, account: null };
  const happened = events.map(({ name, time, properties = {} }) => ({ time, kind: 'event' as const, name, type: 'track', properties }));
  const reached = Object.entries(facts.milestones ?? {}).map(([id, time]) => ({
    time,
    kind: 'milestone' as const,
    name: id,
    type: '',
    properties: {},
  }));
  const rows = [...happened, ...reached].map(({ time, properties, ...row }, index) => ({
    ...base,
    ...row,
    k: time * 4096 + index,
    id: `id-${index}`,
    properties: JSON.stringify(properties),
  }));
  // The warehouse knows of no page: what the page decides is put in first.
  const left = facts.page ? reduce(rule, { page: facts.page }, now).rule : rule;
  const { traits, accounts, cohorts, contents } = facts;
  const given = { ...(traits && { traits }), ...(accounts && { accounts }), ...(cohorts && { cohorts }), ...(contents && { contents }) };
  const known = { events: counted, milestones: facts.milestones !== undefined };
  return [{ name, answer, rows, params: { scope, rule: left, now, known, subjects: [{ person: 1, facts: given }] } }];
}
