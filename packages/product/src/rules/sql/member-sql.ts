import type { CohortCondition, ContentCondition, MilestoneCondition } from '../rule.ts';
import { constantSql, yesIfSql } from './answer-sql.ts';
import type { RulePlan } from './rule-plan.ts';

/** What a subject has reached, is in, or has come to. */
export function memberSql(plan: RulePlan, condition: MilestoneCondition | CohortCondition | ContentCondition): string {
  switch (condition.type) {
    case 'milestone': {
      if (!plan.known.milestones) return constantSql('unknown');
      const reached = plan.count(plan.dialect.countIf(plan.milestone(condition.id)));
      return yesIfSql(`coalesce(${reached}, 0) > 0`);
    }
    case 'cohort':
      return givenSql(plan, 'cohorts', [condition.id]);
    case 'content':
      return givenSql(plan, 'contents', [condition.id, condition.state]);
  }
}

function givenSql(plan: RulePlan, member: string, path: readonly string[]): string {
  const { kind: known } = plan.subject.value([member]);
  const { kind } = plan.subject.value([member, ...path]);
  return `case when ${known} = 0 then 1 else ${yesIfSql(`${kind} <> 0`)} end`;
}
