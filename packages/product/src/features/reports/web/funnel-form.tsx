import { FormSection } from '@gangway/web/kit/definitions/form-section.tsx';
import { issueAt } from '@gangway/web/kit/definitions/issue.ts';
import { NameField } from '@gangway/web/kit/definitions/name-field.tsx';
import type { Editing } from '@gangway/web/kit/definitions/use-editing.ts';
import { type DurationUnit, durationUnits, joinDuration, splitDuration } from '@gangway/web/kit/rule-editor/duration-units.ts';
import { WholeNumberField } from '@gangway/web/kit/rule-editor/whole-number-field.tsx';
import { Input, Select } from '@mantine/core';
import type { Funnel } from '../funnel.ts';
import { FunnelSteps } from './funnel-steps.tsx';

/** The form of a funnel. */
export function FunnelForm({ editing }: { editing: Editing<Funnel> }) {
  const { draft, change } = editing;
  const { body, issues } = draft;
  const window = splitDuration(body.within);
  const set = (part: Partial<Funnel>) => change({ ...body, ...part });
  return (
    <>
      <FormSection title="Steps" purpose="In this order; other events may lie between.">
        <FunnelSteps steps={body.steps} onChange={(steps) => set({ steps })} issues={issues} />
      </FormSection>
      <FormSection title="Window">
        <Input.Wrapper label="The last step must follow the first within" labelElement="div" error={issueAt(issues, ['within'])}>
          <div className="gw-funnel-window">
            <WholeNumberField
              label="Length of the window"
              min={1}
              max={9999}
              value={window.amount}
              onChange={(amount) => set({ within: joinDuration(amount, window.unit) })}
            />
            <Select
              aria-label="Unit of the window"
              w={110}
              allowDeselect={false}
              data={durationUnits.map((entry) => entry.unit)}
              value={window.unit}
              onChange={(unit) => unit && set({ within: joinDuration(window.amount, unit as DurationUnit) })}
            />
          </div>
        </Input.Wrapper>
      </FormSection>
      <FormSection title="About">
        <NameField value={body.name} onChange={(name) => set({ name })} issues={issues} description="As your team reads it." />
      </FormSection>
    </>
  );
}
