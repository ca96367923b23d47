import { valueWords } from '@gangway/product/rules/describe-condition.ts';
import {
  type PageCondition,
  type PageHostCondition,
  type PageQueryCondition,
  type QueryOperator,
  queryOperators,
  type TextOperator,
  textOperators,
} from '@gangway/product/rules/rule.ts';
import { Select, TextInput } from '@mantine/core';
import { issueAt } from '../definitions/issue.ts';
import { isBare } from './comparison.ts';
import type { ConditionProps } from './condition-props.ts';
import './rule-editor.css';

/** “is on the page /boards/*”: decided in the page, so counted in no reach. */
export function PageFields({ rule, onChange, issues, path, negated }: ConditionProps<PageCondition>) {
  return (
    <>
      <span className="gw-rule-word">{negated ? 'is not on the page' : 'is on the page'}</span>
      <TextInput
        aria-label="Path of the page"
        placeholder="/boards/*"
        className="gw-rule-name"
        value={rule.path}
        onChange={(event) => onChange({ ...rule, path: event.currentTarget.value })}
        error={issueAt(issues, [...path, 'path'])}
      />
      <span className="gw-rule-hint">* stands for one part, ** for any number</span>
    </>
  );
}

/** “the address has tab is members”. */
export function PageQueryFields({ rule, onChange, issues, path, negated }: ConditionProps<PageQueryCondition>) {
  const { type, name, operator, value } = rule;
  return (
    <>
      <span className="gw-rule-word">{negated ? 'not: in the address' : 'in the address'}</span>
      <TextInput
        aria-label="Parameter of the address"
        placeholder="tab"
        className="gw-rule-trait"
        value={name}
        onChange={(event) => onChange({ ...rule, name: event.currentTarget.value })}
        error={issueAt(issues, [...path, 'name'])}
      />
      <Select
        aria-label="Comparison"
        w={158}
        allowDeselect={false}
        data={queryOperators.map((each) => ({ value: each, label: valueWords[each] }))}
        value={operator}
        onChange={(next) =>
          next && onChange(withQueryOperator({ type, name, operator, ...(value === undefined ? {} : { value }) }, next as QueryOperator))
        }
      />
      {!isBare(operator) && (
        <TextInput
          aria-label="Value"
          placeholder="members"
          className="gw-rule-trait"
          value={value ?? ''}
          onChange={(event) => onChange({ ...rule, value: event.currentTarget.value })}
          error={issueAt(issues, [...path, 'value'])}
        />
      )}
    </>
  );
}

function withQueryOperator({ type, name, value }: PageQueryCondition, operator: QueryOperator): PageQueryCondition {
  return isBare(operator) ? { type, name, operator } : { type, name, operator, value: value ?? '' };
}

/** “the site is app.example.com”. */
export function PageHostFields({ rule, onChange, issues, path, negated }: ConditionProps<PageHostCondition>) {
  return (
    <>
      <span className="gw-rule-word">{negated ? 'not: the site' : 'the site'}</span>
      <Select
        aria-label="Comparison"
        w={158}
        allowDeselect={false}
        data={textOperators.map((each) => ({ value: each, label: valueWords[each] }))}
        value={rule.operator}
        onChange={(operator) => operator && onChange({ ...rule, operator: operator as TextOperator })}
      />
      <TextInput
        aria-label="Host of the site"
        placeholder="app.example.com"
        className="gw-rule-name"
        value={rule.value}
        onChange={(event) => onChange({ ...rule, value: event.currentTarget.value.toLowerCase() })}
        error={issueAt(issues, [...path, 'value'])}
      />
    </>
  );
}
