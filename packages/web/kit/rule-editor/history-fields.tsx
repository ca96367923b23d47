import type { DateOperator, EventTimeCondition, SequenceCondition } from '@gangway/product/rules/rule.ts';
import { Select } from '@mantine/core';
import { issueAt } from '../definitions/issue.ts';
import { ComparisonFields } from './comparison-fields.tsx';
import type { ConditionProps } from './condition-props.ts';
import { DurationFields } from './duration-fields.tsx';
import { OccurrenceFields } from './occurrence-fields.tsx';
import './rule-editor.css';

/** “the first Signed Up was at most 14 days ago”. */
export function EventTimeFields({ rule, onChange, issues, path, choices, negated }: ConditionProps<EventTimeCondition>) {
  const { type, name, where, which, operator, value, zone } = rule;
  const occurrence = { name, ...(where ? { where } : {}) };
  return (
    <>
      <span className="gw-rule-word">{negated ? 'not: the' : 'the'}</span>
      <Select
        aria-label="First or last"
        w={84}
        allowDeselect={false}
        data={['first', 'last']}
        value={which}
        onChange={(next) => next && onChange({ ...rule, which: next as EventTimeCondition['which'] })}
      />
      <OccurrenceFields
        label="Event"
        occurrence={occurrence}
        onChange={(next) => onChange({ type, which, operator, value, zone, ...next })}
        issues={issues}
        path={path}
        choices={choices}
      />
      <ComparisonFields
        comparison={{ operator, value, zone }}
        onChange={(next) =>
          onChange({ type, which, ...occurrence, operator: next.operator as DateOperator, value: next.value as string | number, zone })
        }
        operators="dates"
        zone={zone}
        error={issueAt(issues, [...path, 'value'])}
      />
    </>
  );
}

/** “did Board Created and then did not do Invite Sent within 3 days”. */
export function SequenceFields({ rule, onChange, issues, path, choices, negated }: ConditionProps<SequenceCondition>) {
  return (
    <>
      <span className="gw-rule-word">{negated ? 'not: did' : 'did'}</span>
      <OccurrenceFields
        label="First event"
        occurrence={rule.first}
        onChange={(first) => onChange({ ...rule, first })}
        issues={issues}
        path={[...path, 'first']}
        choices={choices}
      />
      <Select
        aria-label="What followed"
        w={174}
        allowDeselect={false}
        data={[
          { value: 'yes', label: 'and then did' },
          { value: 'no', label: 'and then did not do' },
        ]}
        value={rule.happened ? 'yes' : 'no'}
        onChange={(next) => next && onChange({ ...rule, happened: next === 'yes' })}
      />
      <OccurrenceFields
        label="Second event"
        occurrence={rule.then}
        onChange={(then) => onChange({ ...rule, then })}
        issues={issues}
        path={[...path, 'then']}
        choices={choices}
      />
      <span className="gw-rule-word">within</span>
      <DurationFields
        label="the time between"
        value={rule.within}
        onChange={(within) => onChange({ ...rule, within })}
        error={issueAt(issues, [...path, 'within'])}
      />
    </>
  );
}
