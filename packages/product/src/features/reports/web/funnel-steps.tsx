import { type Issue, issueAt } from '@gangway/web/kit/definitions/issue.ts';
import { useRuleChoices } from '@gangway/web/kit/definitions/use-rule-choices.ts';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { movePart } from '@gangway/web/kit/part-list/move-part.ts';
import { EventNameField } from '@gangway/web/kit/rule-editor/event-name-field.tsx';
import { ActionIcon, Button, Input, Menu, Select } from '@mantine/core';
import type { FunnelStep } from '../funnel.ts';
import './reports.css';

interface FunnelStepsProps {
  readonly steps: readonly FunnelStep[];
  readonly onChange: (steps: readonly FunnelStep[]) => void;
  readonly issues: readonly Issue[];
}

const most = 10;

/** The steps of a funnel, in their order: an event by name, or a milestone. */
export function FunnelSteps({ steps, onChange, issues }: FunnelStepsProps) {
  const few = issueAt(issues, ['steps']);
  return (
    <div className="gw-funnel-steps">
      <ol>
        {steps.map((step, index) => (
          <li key={index}>
            <span className="gw-quiet gw-number">{index + 1}</span>
            <StepFields step={step} index={index} onChange={(next) => onChange(steps.toSpliced(index, 1, next))} issues={issues} />
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon aria-label={`Move or remove step ${index + 1}`}>
                  <Icon name="dots" />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item disabled={index === 0} onClick={() => onChange(movePart(steps, index, index - 1))}>
                  Move up
                </Menu.Item>
                <Menu.Item disabled={index === steps.length - 1} onClick={() => onChange(movePart(steps, index, index + 1))}>
                  Move down
                </Menu.Item>
                <Menu.Divider />
                <Menu.Item color="red" disabled={steps.length <= 2} onClick={() => onChange(steps.toSpliced(index, 1))}>
                  Remove
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </li>
        ))}
      </ol>
      {few && <Input.Error>{few}</Input.Error>}
      <Button
        variant="default"
        size="xs"
        leftSection={<Icon name="plus" />}
        disabled={steps.length >= most}
        onClick={() => onChange([...steps, { type: 'event', name: '' }])}
      >
        Add a step
      </Button>
    </div>
  );
}

interface StepFieldsProps {
  readonly step: FunnelStep;
  readonly index: number;
  readonly onChange: (step: FunnelStep) => void;
  readonly issues: readonly Issue[];
}

function StepFields({ step, index, onChange, issues }: StepFieldsProps) {
  const choices = useRuleChoices();
  const path = ['steps', index];
  const known = step.type === 'event' || step.id === '' || choices.milestones.some((milestone) => milestone.id === step.id);
  const milestones = choices.milestones.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div className="gw-funnel-step-fields">
      <Select
        aria-label={`Kind of step ${index + 1}`}
        w={124}
        allowDeselect={false}
        data={[
          { value: 'event', label: 'Did' },
          { value: 'milestone', label: 'Reached' },
        ]}
        value={step.type}
        onChange={(type) => onChange(type === 'milestone' ? { type, id: '' } : { type: 'event', name: '' })}
      />
      {step.type === 'event' ? (
        <EventNameField
          label={`Event of step ${index + 1}`}
          placeholder="Signed Up"
          value={step.name}
          onChange={(name) => onChange({ type: 'event', name })}
          seen={choices.events}
          error={issueAt(issues, [...path, 'name'])}
        />
      ) : (
        <Select
          aria-label={`Milestone of step ${index + 1}`}
          placeholder="Choose a milestone"
          flex="1 1 140px"
          searchable
          data={known || step.type !== 'milestone' ? milestones : [...milestones, { value: step.id, label: step.id }]}
          value={step.id === '' ? null : step.id}
          onChange={(id) => onChange({ type: 'milestone', id: id ?? '' })}
          nothingFoundMessage="No milestone of that name"
          error={issueAt(issues, [...path, 'id'])}
        />
      )}
    </div>
  );
}
