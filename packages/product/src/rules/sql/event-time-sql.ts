import type { EventTimeCondition } from '../rule.ts';
import { constantSql } from './answer-sql.ts';
import { compareInstantSql } from './date-sql.ts';
import type { RulePlan } from './rule-plan.ts';

/** When something was done for the first or the last time; never = no. */
export function eventTimeSql(plan: RulePlan, condition: EventTimeCondition): string {
  if (!plan.known.events) return constantSql('unknown');
  const { dialect } = plan;
  const meant = plan.occurrence(condition);
  const instant = plan.count(condition.which === 'first' ? dialect.minIf('instant', meant) : dialect.maxIf('instant', meant));
  const times = plan.count(dialect.countIf(meant));
  const compared = compareInstantSql({ question: condition, zone: condition.zone, now: plan.now }, instant);
  return `case when coalesce(${times}, 0) = 0 then 0 else ${compared} end`;
}
