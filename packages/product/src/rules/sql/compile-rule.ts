import { type Group, neededOf } from '../count-parts.ts';
import type { Condition, Rule } from '../rule.ts';
import { answerNumbers, constantSql } from './answer-sql.ts';
import { countSql } from './count-sql.ts';
import { eventTimeSql } from './event-time-sql.ts';
import { memberSql } from './member-sql.ts';
import { type Known, RulePlan } from './rule-plan.ts';
import { sequenceSql } from './sequence-sql.ts';
import type { SqlDialect } from './sql-dialect.ts';
import { traitSql } from './trait-sql.ts';

/** What a rule is asked about. */
export interface RuleQuestion {
  readonly rule: Rule;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly known: Known;
  /** A condition on the rows of the warehouse that tell of these subjects; called when rows are read, at most once. */
  readonly where: () => string;
}

/**
 * The rule as a statement: one row for each subject that was given, `person` and `answer` (see `answerOf`), the same
 * that `evaluate` gives over the same history. Nothing of the rule is pasted into it but what was computed from
 * its numbers; names, values and patterns are bound.
 */
export function compileRule(dialect: SqlDialect, { rule, now, known, where }: RuleQuestion): string {
  const plan = new RulePlan(dialect, { now, known });
  return plan.select(ruleSql(plan, rule), where);
}

function ruleSql(plan: RulePlan, rule: Rule): string {
  switch (rule.type) {
    case 'all':
    case 'any':
    case 'at_least':
      return groupSql(plan, rule);
    case 'not':
      return `(${answerNumbers.yes} - (${ruleSql(plan, rule.rule)}))`;
    default:
      return conditionSql(plan, rule);
  }
}

/** Kleene's logic over ordered numbers: of `n` parts, `k` hold as surely as the k-th greatest answer says. */
function groupSql(plan: RulePlan, group: Group): string {
  const needed = neededOf(group);
  if (needed <= 0) return constantSql('yes');
  if (needed > group.of.length) return constantSql('no');
  const parts = group.of.map((part) => `(${ruleSql(plan, part)})`);
  if (parts.length === 1) return parts[0] ?? '';
  if (needed === 1) return `greatest(${parts.join(', ')})`;
  return needed === parts.length ? `least(${parts.join(', ')})` : plan.dialect.nthGreatest(parts, needed);
}

function conditionSql(plan: RulePlan, condition: Condition): string {
  switch (condition.type) {
    case 'trait':
      return traitSql(plan, condition);
    case 'event':
    case 'event_sum':
    case 'event_days':
      return countSql(plan, condition);
    case 'event_time':
      return eventTimeSql(plan, condition);
    case 'sequence':
      return sequenceSql(plan, condition);
    case 'milestone':
    case 'cohort':
    case 'content':
      return memberSql(plan, condition);
    default:
      // A page is open in a browser alone, and a segment is replaced by its rule before any engine sees it.
      return constantSql('unknown');
  }
}
