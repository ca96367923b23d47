import { contentWords } from '@gangway/product/rules/describe-condition.ts';
import {
  type CohortCondition,
  type ContentCondition,
  type ContentState,
  contentStates,
  type MilestoneCondition,
  type SegmentCondition,
} from '@gangway/product/rules/rule.ts';
import { Select } from '@mantine/core';
import { issueAt } from '../definitions/issue.ts';
import type { ConditionProps } from './condition-props.ts';
import type { Choice } from './rule-choices.ts';
import './rule-editor.css';

/** “reached First board created”. */
export function MilestoneFields(props: ConditionProps<MilestoneCondition>) {
  return (
    <>
      <span className="gw-rule-word">{props.negated ? 'did not reach' : 'reached'}</span>
      <Picker {...pickerOf(props)} label="Milestone" noun="milestone" choices={props.choices.milestones} />
    </>
  );
}

/** “is in the segment Big accounts”. */
export function SegmentFields(props: ConditionProps<SegmentCondition>) {
  return (
    <>
      <span className="gw-rule-word">{props.negated ? 'is not in the segment' : 'is in the segment'}</span>
      <Picker {...pickerOf(props)} label="Segment" noun="segment" choices={props.choices.segments} />
    </>
  );
}

/** “is on the list Beta guests”. */
export function CohortFields(props: ConditionProps<CohortCondition>) {
  return (
    <>
      <span className="gw-rule-word">{props.negated ? 'is not on the list' : 'is on the list'}</span>
      <Picker {...pickerOf(props)} label="List" noun="list" choices={props.choices.lists} />
    </>
  );
}

/** “has completed Welcome tour”. */
export function ContentFields(props: ConditionProps<ContentCondition>) {
  const { rule, onChange, negated, choices } = props;
  return (
    <>
      <span className="gw-rule-word">{negated ? 'has not' : 'has'}</span>
      <Select
        aria-label="How far"
        w={126}
        allowDeselect={false}
        data={contentStates.map((value) => ({ value, label: contentWords[value] }))}
        value={rule.state}
        onChange={(state) => state && onChange({ ...rule, state: state as ContentState })}
      />
      <Picker {...pickerOf(props)} label="Guide or checklist" noun="guide or checklist" choices={choices.contents} />
    </>
  );
}

interface PickerProps {
  readonly id: string;
  readonly onPick: (id: string) => void;
  readonly error: string | undefined;
  readonly label: string;
  readonly noun: string;
  readonly choices: readonly Choice[];
}

function pickerOf<Condition extends { readonly id: string }>({ rule, onChange, issues, path }: ConditionProps<Condition>) {
  return { id: rule.id, onPick: (id: string) => onChange({ ...rule, id }), error: issueAt(issues, [...path, 'id']) };
}

/** One of what others have made. What no longer exists is called by its id. */
function Picker({ id, onPick, error, label, noun, choices }: PickerProps) {
  const known = choices.some((choice) => choice.id === id);
  const options = choices.map((choice) => ({ value: choice.id, label: choice.name }));
  return (
    <Select
      aria-label={label}
      placeholder={`Choose a ${noun}`}
      className="gw-rule-name"
      searchable
      nothingFoundMessage={`No ${noun} of that name`}
      data={id !== '' && !known ? [...options, { value: id, label: id }] : options}
      value={id === '' ? null : id}
      onChange={(next) => onPick(next ?? '')}
      error={error}
    />
  );
}
