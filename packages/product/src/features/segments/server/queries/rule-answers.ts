import { isObject, type JsonObject } from '../../../../kernel/json.ts';
import { own } from '../../../../kernel/own.ts';
import type { Query, Statement, WarehouseRow } from '../../../../ports/warehouse/warehouse.ts';
import type { Answer } from '../../../../rules/answer.ts';
import { answerRule } from '../../../../rules/answer-rule.ts';
import type { EventFact, Facts, FeatureFact } from '../../../../rules/facts.ts';
import { featureKey, featuresOf, foldFeature } from '../../../../rules/features.ts';
import type { Rule } from '../../../../rules/rule.ts';
import { answerNumbers, answerOf } from '../../../../rules/sql/answer-sql.ts';
import { compileRule } from '../../../../rules/sql/compile-rule.ts';
import type { Known } from '../../../../rules/sql/rule-plan.ts';
import { clickhouseDialect, duckdbDialect, type SqlDialect } from '../../../../rules/sql/sql-dialect.ts';

/** What the warehouse does not have. An absent member is not known, as in {@link Facts}. */
export type GivenFacts = Pick<Facts, 'traits' | 'accounts' | 'cohorts' | 'contents'>;

export interface RuleAnswersParams {
  readonly scope: string;
  readonly rule: Rule;
  /** Epoch milliseconds. */
  readonly now: number;
  /** What happened later is left out, epoch milliseconds; absent = nothing is. */
  readonly upTo?: number;
  /** Whether events and milestones of the subjects are known: those of accounts are not. */
  readonly known: Known;
  /** Whom is asked about: a person's number, each once, and what is known besides the rows. */
  readonly subjects: readonly { readonly person: number; readonly facts: GivenFacts }[];
}

interface RuleAnswerRow {
  readonly person: number;
  /** See `answerNumbers`. */
  readonly answer: number;
}

/** The answer of a rule for each of many subjects, from their whole history. Number of the person → answer. */
export const ruleAnswers: Query<RuleAnswersParams, RuleAnswerRow, ReadonlyMap<number, Answer>> = {
  name: 'rule answers',
  duckdb: (params) => select(duckdbDialect(), params),
  clickhouse: (params) => select(clickhouseDialect(), params),
  fold(rows, { subjects, rule, now, upTo = Number.POSITIVE_INFINITY, known }) {
    const rowsOf = new Map<number, WarehouseRow[]>();
    for (const row of rows) {
      if (timeOf(row) > upTo) continue;
      const mine = rowsOf.get(row.person);
      if (mine) mine.push(row);
      else rowsOf.set(row.person, [row]);
    }
    return subjects.map(({ person, facts }) => {
      const told = toldFacts(rowsOf.get(person) ?? [], rule, known);
      return { person, answer: answerNumbers[answerRule(rule, { ...facts, ...told }, now).answer] };
    });
  },
  finish: (plain) => new Map(plain.map(({ person, answer }) => [person, answerOf(answer)])),
};

function select(dialect: SqlDialect, { scope, rule, now, upTo, known, subjects }: RuleAnswersParams): Statement {
  const where = () => {
    const before = upTo === undefined ? '' : ` and k < ${dialect.whole((upTo + 1) * 4096)}`;
    return `scope = ${dialect.text(scope)}${before}`;
  };
  const text = compileRule(dialect, { rule, now, known, where });
  const given = {
    persons: subjects.map(({ person }) => person),
    facts: subjects.map(({ facts }) => JSON.stringify(facts)),
  };
  return { text, values: dialect.values, given };
}

function timeOf({ k }: WarehouseRow): number {
  return Math.floor(k / 4096);
}

/** What the rows of one person tell, as folding events one by one does. */
export function toldFacts(rows: readonly WarehouseRow[], rule: Rule, known: Known): Pick<Facts, 'events' | 'features' | 'milestones'> {
  const events: Record<string, EventFact> = {};
  const features: Record<string, FeatureFact> = {};
  const milestones: Record<string, number> = {};
  const asked = featuresOf(rule);
  for (const row of rows) {
    const time = timeOf(row);
    if (row.kind === 'milestone') milestones[row.name] = Math.min(time, own(milestones, row.name) ?? time);
    else {
      const event = { time, properties: propertiesOf(row) };
      events[row.name] = foldFeature(own(events, row.name), { name: row.name }, event) as EventFact;
      for (const feature of asked.filter(({ name }) => name === row.name)) {
        const key = featureKey(feature);
        const next = foldFeature(own(features, key), feature, event);
        if (next) features[key] = next;
      }
    }
  }
  return { ...(known.events ? { events, features } : {}), ...(known.milestones ? { milestones } : {}) };
}

function propertiesOf({ properties }: WarehouseRow): JsonObject {
  const value: unknown = JSON.parse(properties);
  return isObject(value) ? value : {};
}
