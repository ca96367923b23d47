import { countWords } from '@gangway/product/rules/describe-condition.ts';
import { type CountOperator, countOperators, longestDays } from '@gangway/product/rules/rule.ts';
import { Select, TextInput } from '@mantine/core';
import { issueAt } from '../definitions/issue.ts';
import type { ConditionProps } from './condition-props.ts';
import { type CountCondition, type Measure, measureOf, type Window, windowOf, withMeasure, withWindow } from './count-shape.ts';
import { DurationFields } from './duration-fields.tsx';
import { NumberValue } from './number-value.tsx';
import { OccurrenceFields } from './occurrence-fields.tsx';
import './rule-editor.css';
import { WholeNumberField } from './whole-number-field.tsx';

const measures = [
  { value: 'times', label: 'times' },
  { value: 'days', label: 'different days' },
  { value: 'sum', label: 'in all of' },
];

/** “did Order Completed where currency is EUR, at least 100 in all of total, in the last 30 calendar days”. */
export function CountFields(props: ConditionProps<CountCondition>) {
  const { rule, onChange, issues, path, choices, negated } = props;
  return (
    <>
      <span className="gw-rule-word">{negated ? 'did not do' : 'did'}</span>
      <OccurrenceFields
        label="Event"
        occurrence={{ name: rule.name, ...(rule.where ? { where: rule.where } : {}) }}
        onChange={({ name, where }) => onChange(withOccurrence(rule, name, where))}
        issues={issues}
        path={path}
        choices={choices}
      />
      <Select
        aria-label="How often"
        w={110}
        allowDeselect={false}
        data={countOperators.map((value) => ({ value, label: countWords[value] }))}
        value={rule.operator}
        onChange={(operator) => operator && onChange({ ...rule, operator: operator as CountOperator })}
      />
      <AmountFields {...props} />
      <WindowFields {...props} />
    </>
  );
}

function withOccurrence(rule: CountCondition, name: string, where: CountCondition['where']): CountCondition {
  const { where: _, ...rest } = rule;
  return { ...rest, name, ...(where === undefined ? {} : { where }) } as CountCondition;
}

function AmountFields({ rule, onChange, issues, path, choices }: ConditionProps<CountCondition>) {
  return (
    <>
      {rule.type === 'event_sum' ? (
        <NumberValue
          label="Sum"
          value={rule.value}
          onChange={(value) => onChange({ ...rule, value })}
          error={issueAt(issues, [...path, 'value'])}
        />
      ) : (
        <WholeNumberField
          label="Times"
          value={rule.times}
          onChange={(times) => onChange({ ...rule, times })}
          width={56}
          error={issueAt(issues, [...path, 'times'])}
        />
      )}
      <Select
        aria-label="What is counted"
        w={142}
        allowDeselect={false}
        data={measures}
        value={measureOf(rule)}
        onChange={(measure) => measure && onChange(withMeasure(rule, measure as Measure, choices.zone))}
      />
      {rule.type === 'event_sum' && (
        <TextInput
          aria-label="Property to sum"
          placeholder="total"
          className="gw-rule-trait"
          value={rule.property}
          onChange={(event) => onChange({ ...rule, property: event.currentTarget.value })}
          onBlur={() => rule.property !== rule.property.trim() && onChange({ ...rule, property: rule.property.trim() })}
          error={issueAt(issues, [...path, 'property'])}
        />
      )}
    </>
  );
}

const windowWords: Readonly<Record<Window, string>> = { ever: 'ever', rolling: 'in the last', days: 'in the last calendar days' };

function WindowFields({ rule, onChange, issues, path, choices }: ConditionProps<CountCondition>) {
  const window = windowOf(rule);
  const offered: readonly Window[] = rule.type === 'event' ? ['ever', 'rolling', 'days'] : ['ever', 'days'];
  return (
    <>
      <Select
        aria-label="Window"
        w={window === 'days' ? 200 : 124}
        allowDeselect={false}
        data={offered.map((value) => ({ value, label: windowWords[value] }))}
        value={window}
        onChange={(next) => next && onChange(withWindow(rule, next as Window, choices.zone))}
      />
      {rule.type === 'event' && rule.within !== undefined && (
        <DurationFields
          label="the window"
          value={rule.within}
          onChange={(within) => onChange({ ...rule, within })}
          error={issueAt(issues, [...path, 'within'])}
        />
      )}
      {window === 'days' && (
        <>
          <WholeNumberField
            label="Calendar days"
            min={1}
            max={longestDays}
            width={56}
            value={rule.days ?? 7}
            onChange={(days) => onChange({ ...rule, days })}
            error={issueAt(issues, [...path, 'days'])}
          />
          <span className="gw-rule-hint">today is one of them, in {rule.zone}</span>
        </>
      )}
    </>
  );
}
