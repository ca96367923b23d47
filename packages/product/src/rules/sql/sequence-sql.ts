import { type Occurrence, rememberedTimes, type SequenceCondition } from '../rule.ts';
import { constantSql, yesIfSql } from './answer-sql.ts';
import type { RulePlan } from './rule-plan.ts';

/** One thing, and then another in time, over the latest of each. */
export function sequenceSql(plan: RulePlan, { first, then, within, happened }: SequenceCondition): string {
  if (!plan.known.events) return constantSql('unknown');
  const { dialect } = plan;
  const latest = (occurrence: Occurrence) =>
    dialect.orEmpty(plan.count(dialect.greatestIf('instant', plan.occurrence(occurrence), rememberedTimes)));
  const [firsts, thens, span] = [latest(first), latest(then), dialect.whole(within)];
  const followed = dialect.some(thens, 'later', `later > earlier and later <= earlier + ${span}`);
  const decides = happened ? followed : `earlier + ${span} <= ${dialect.whole(plan.now)} and not (${followed})`;
  return yesIfSql(dialect.some(firsts, 'earlier', decides));
}
