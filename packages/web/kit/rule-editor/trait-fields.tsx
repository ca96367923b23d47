import type { TraitCondition } from '@gangway/product/rules/rule.ts';
import { Select, TextInput } from '@mantine/core';
import { issueAt } from '../definitions/issue.ts';
import { ComparisonFields } from './comparison-fields.tsx';
import type { ConditionProps } from './condition-props.ts';
import './rule-editor.css';

const owners = [
  { value: 'own', label: 'trait' },
  { value: 'account', label: 'account’s trait' },
  { value: 'membership', label: 'role’s trait' },
];

/** “trait plan is pro”, “account’s trait renewal is at most 30 days away”. */
export function TraitFields({ rule, onChange, issues, path, choices, negated }: ConditionProps<TraitCondition>) {
  const { type, of, name, ...comparison } = rule;
  const owner = of === undefined ? {} : { of };
  return (
    <>
      {negated && <span className="gw-rule-word">not:</span>}
      {choices.accounts ? (
        <Select
          aria-label="Whose trait"
          w={136}
          allowDeselect={false}
          data={owners}
          value={of ?? 'own'}
          onChange={(next) => onChange({ type, name, ...comparison, ...(next === 'account' || next === 'membership' ? { of: next } : {}) })}
        />
      ) : (
        <span className="gw-rule-word">trait</span>
      )}
      <TextInput
        aria-label="Trait"
        placeholder={of === 'membership' ? 'role' : 'plan'}
        className="gw-rule-trait"
        value={name}
        onChange={(event) => onChange({ ...rule, name: event.currentTarget.value })}
        onBlur={() => name !== name.trim() && onChange({ ...rule, name: name.trim() })}
        error={issueAt(issues, [...path, 'name'])}
      />
      <ComparisonFields
        comparison={comparison}
        onChange={(next) => onChange({ type, name, ...owner, ...next })}
        operators="both"
        zone={choices.zone}
        error={issueAt(issues, [...path, 'value'])}
      />
    </>
  );
}
