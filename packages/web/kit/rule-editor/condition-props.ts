import type { Issue } from '../definitions/issue.ts';
import type { RuleChoices } from './rule-choices.ts';

/** What the fields of every kind of condition are given. */
export interface ConditionProps<Condition> {
  readonly rule: Condition;
  readonly onChange: (rule: Condition) => void;
  readonly issues: readonly Issue[];
  /** Where the condition lies in the body. */
  readonly path: Issue['path'];
  readonly choices: RuleChoices;
  readonly negated: boolean;
}
