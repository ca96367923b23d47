import { type Issue, issueAt } from '@gangway/web/kit/definitions/issue.ts';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { movePart } from '@gangway/web/kit/part-list/move-part.ts';
import { ActionIcon, Button, Input, Menu } from '@mantine/core';
import type { FunnelStep } from '../../funnel.ts';
import '../reports.css';
import { PickFields } from './pick-fields.tsx';

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
            <PickFields
              label={`step ${index + 1}`}
              any={false}
              pick={step}
              onChange={(next) => onChange(steps.toSpliced(index, 1, next))}
              issues={issues}
              path={['steps', index]}
            />
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
