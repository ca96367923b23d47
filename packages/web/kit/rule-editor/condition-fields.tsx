import type { EventCondition, MilestoneCondition, PageCondition } from '@gangway/product/rules/rule.ts';
import { countOperators } from '@gangway/product/rules/rule.ts';
import { Select, TextInput } from '@mantine/core';
import { type Issue, issueAt } from '../definitions/issue.ts';
import { type DurationUnit, durationUnits, joinDuration, splitDuration } from './duration-units.ts';
import { EventNameField } from './event-name-field.tsx';
import './rule-editor.css';
import { countWords } from '@gangway/product/rules/describe-condition.ts';
import type { RuleChoices } from './rule-choices.ts';
import { WholeNumberField } from './whole-number-field.tsx';

/** What every kind of condition is given. */
export interface ConditionProps<Condition> {
  readonly rule: Condition;
  readonly onChange: (rule: Condition) => void;
  readonly issues: readonly Issue[];
  readonly path: Issue['path'];
  readonly choices: RuleChoices;
  readonly negated: boolean;
}

/** “did Board Created at least 1 time, in the last 7 days”. */
export function EventFields({ rule, onChange, issues, path, choices, negated }: ConditionProps<EventCondition>) {
  return (
    <>
      <span className="gw-rule-word">{negated ? 'did not do' : 'did'}</span>
      <EventNameField
        label="Event"
        value={rule.name}
        onChange={(name) => onChange({ ...rule, name })}
        seen={choices.events}
        error={issueAt(issues, [...path, 'name'])}
      />
      <Select
        aria-label="How often"
        w={110}
        allowDeselect={false}
        data={countOperators.map((value) => ({ value, label: countWords[value] }))}
        value={rule.operator}
        onChange={(operator) => operator && onChange({ ...rule, operator: operator as EventCondition['operator'] })}
      />
      <WholeNumberField
        label="Times"
        value={rule.times}
        onChange={(times) => onChange({ ...rule, times })}
        width={56}
        error={issueAt(issues, [...path, 'times'])}
      />
      <span className="gw-rule-word">{rule.times === 1 ? 'time' : 'times'}</span>
      <WindowFields rule={rule} onChange={onChange} error={issueAt(issues, [...path, 'within'])} />
    </>
  );
}

interface WindowFieldsProps {
  readonly rule: EventCondition;
  readonly onChange: (rule: EventCondition) => void;
  readonly error: string | undefined;
}

/** “ever”, or “in the last 7 days”. */
function WindowFields({ rule, onChange, error }: WindowFieldsProps) {
  const window = rule.within === undefined ? undefined : splitDuration(rule.within);
  const setWindow = (amount: number, unit: DurationUnit) => onChange({ ...rule, within: joinDuration(amount, unit) });
  const withoutWindow = { type: rule.type, name: rule.name, operator: rule.operator, times: rule.times } as const;
  return (
    <>
      <Select
        aria-label="Window"
        w={112}
        allowDeselect={false}
        data={[
          { value: 'ever', label: 'ever' },
          { value: 'window', label: 'in the last' },
        ]}
        value={window ? 'window' : 'ever'}
        onChange={(value) => (value === 'window' ? setWindow(7, 'days') : onChange(withoutWindow))}
      />
      {window && (
        <>
          <WholeNumberField
            label="Length of the window"
            min={1}
            value={window.amount}
            onChange={(amount) => setWindow(amount, window.unit)}
            width={56}
            error={error}
          />
          <Select
            aria-label="Unit of the window"
            w={104}
            allowDeselect={false}
            data={durationUnits.map((entry) => entry.unit)}
            value={window.unit}
            onChange={(unit) => unit && setWindow(window.amount, unit as DurationUnit)}
          />
        </>
      )}
    </>
  );
}

/** “reached First board created”. A milestone that no longer exists is called by its id. */
export function MilestoneFields({ rule, onChange, issues, path, choices, negated }: ConditionProps<MilestoneCondition>) {
  const known = choices.milestones.some((milestone) => milestone.id === rule.id);
  const options = choices.milestones.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <span className="gw-rule-word">{negated ? 'did not reach' : 'reached'}</span>
      <Select
        aria-label="Milestone"
        placeholder="Choose a milestone"
        className="gw-rule-name"
        searchable
        nothingFoundMessage="No milestone of that name"
        data={rule.id !== '' && !known ? [...options, { value: rule.id, label: rule.id }] : options}
        value={rule.id === '' ? null : rule.id}
        onChange={(id) => onChange({ ...rule, id: id ?? '' })}
        error={issueAt(issues, [...path, 'id'])}
      />
    </>
  );
}

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
