import { issueAt } from '@gangway/web/kit/definitions/issue.ts';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { ActionIcon, Button, Input, Select } from '@mantine/core';
import type { FormOf } from './form-of.ts';
import { PickFields } from './pick-fields.tsx';

const most = 5;

/** Events that end an attempt when they lie between two steps. */
export function ExclusionFields({ body, set, issues }: FormOf<'funnel'>) {
  const exclusions = body.exclusions ?? [];
  const give = (next: typeof exclusions) => set({ exclusions: next.length === 0 ? undefined : next });
  const stepChoices = body.steps.map((_, index) => ({ value: String(index + 1), label: `step ${index + 1}` }));
  return (
    <div className="gw-report-exclusions">
      <Input.Label component="div">Not between the steps</Input.Label>
      {exclusions.map((exclusion, index) => {
        const change = (part: Partial<typeof exclusion>) => give(exclusions.toSpliced(index, 1, { ...exclusion, ...part }));
        const name = `exclusion ${index + 1}`;
        const wrong = issueAt(issues, ['exclusions', index]);
        return (
          <div key={index} className="gw-report-exclusion">
            <PickFields
              label={name}
              any={false}
              pick={exclusion.event}
              onChange={(event) => change({ event })}
              issues={issues}
              path={['exclusions', index, 'event']}
            />
            <div className="gw-report-row">
              <Select
                aria-label={`After which step, ${name}`}
                flex="1 1 90px"
                allowDeselect={false}
                data={stepChoices.slice(0, -1)}
                value={String(exclusion.after)}
                onChange={(after) => change({ after: Number(after) })}
              />
              <span className="gw-quiet">to</span>
              <Select
                aria-label={`Before which step, ${name}`}
                flex="1 1 90px"
                allowDeselect={false}
                data={stepChoices.slice(1)}
                value={String(exclusion.before)}
                onChange={(before) => change({ before: Number(before) })}
              />
              <ActionIcon aria-label={`Remove ${name}`} onClick={() => give(exclusions.toSpliced(index, 1))}>
                <Icon name="cross" />
              </ActionIcon>
            </div>
            {wrong && <Input.Error>{wrong}</Input.Error>}
          </div>
        );
      })}
      {exclusions.length < most && (
        <Button
          variant="default"
          size="xs"
          leftSection={<Icon name="plus" />}
          onClick={() => give([...exclusions, { event: { type: 'event', name: '' }, after: 1, before: 2 }])}
        >
          Exclude an event
        </Button>
      )}
    </div>
  );
}
