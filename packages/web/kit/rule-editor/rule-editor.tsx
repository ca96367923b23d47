import type { Rule } from '@gangway/product/rules/rule.ts';
import type { Issue } from '../definitions/issue.ts';
import type { RuleChoices } from './rule-choices.ts';
import './rule-editor.css';
import { RuleGroup } from './rule-group.tsx';
import { type ConditionType, conditionTypes, rootGroup } from './rule-shape.ts';

export interface RuleEditorProps {
  readonly value: Rule;
  readonly onChange: (rule: Rule) => void;
  readonly issues: readonly Issue[];
  /** Where the rule lies in the body, so that complaints find their field. */
  readonly path: Issue['path'];
  readonly choices: RuleChoices;
  /** The legend: “People who match”. */
  readonly lead: string;
  /** What no condition at all means: “Everyone.” */
  readonly whenEmpty: string;
  /** Which conditions make sense here; a milestone cannot ask for the page. */
  readonly types?: readonly ConditionType[];
}

/** Edits a rule in plain words. Controlled: what it shows is `value`, always. */
export function RuleEditor({ value, onChange, issues, path, choices, lead, whenEmpty, types = conditionTypes }: RuleEditorProps) {
  const group = rootGroup(value);
  return (
    <div>
      {group.parts.length === 0 && <p className="gw-rule-empty">{whenEmpty}</p>}
      <RuleGroup group={group} onChange={onChange} issues={issues} path={path} choices={choices} types={types} depth={0} lead={lead} />
    </div>
  );
}
