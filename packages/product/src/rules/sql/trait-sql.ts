import { type Comparison, compare } from '../compare.ts';
import type { DateQuestion } from '../dates.ts';
import { type TraitCondition, valueOperators } from '../rule.ts';
import { constantSql } from './answer-sql.ts';
import { compareSql } from './compare-sql.ts';
import { compareDateSql } from './date-sql.ts';
import type { JsonValues } from './json-values.ts';
import type { RulePlan } from './rule-plan.ts';

/** A trait of the subject, of one of its accounts, or of its roles in them. */
export function traitSql(plan: RulePlan, condition: TraitCondition): string {
  if (condition.of === undefined) {
    const { kind } = plan.subject.value(['traits']);
    return `case when ${kind} = 0 then 1 else ${valueSql(plan, condition, { values: plan.subject, path: ['traits', condition.name] })} end`;
  }
  const part = condition.of === 'account' ? 'traits' : 'membership';
  const { kind } = plan.subject.value(['accounts']);
  // Kleene's `any` over the accounts is the greatest answer; a person without account has no such trait.
  const greatest = plan.role(`max(${valueSql(plan, condition, { values: plan.account, path: [part, condition.name] })})`);
  const accounts = plan.role('count(*)');
  return `case when ${kind} = 0 then 1 when coalesce(${accounts}, 0) = 0 then ${constantSql(ofMissing(condition))} else ${greatest} end`;
}

const plain: ReadonlySet<string> = new Set(valueOperators);

function ofMissing(condition: TraitCondition) {
  return plain.has(condition.operator) ? compare(condition as Comparison, undefined) : 'no';
}

function valueSql(plan: RulePlan, condition: TraitCondition, at: { values: JsonValues; path: readonly string[] }): string {
  const value = at.values.value(at.path);
  if (plain.has(condition.operator)) return compareSql(plan.dialect, condition as Comparison, value);
  const asked = { question: condition as DateQuestion, zone: condition.zone, now: plan.now };
  return `case when ${value.kind} = 0 then 0 else ${compareDateSql(asked, at.values.date(at.path))} end`;
}
