import { FormSection } from '@gangway/web/kit/definitions/form-section.tsx';
import { issueAt } from '@gangway/web/kit/definitions/issue.ts';
import { Select, Stack } from '@mantine/core';
import { BreakdownFields } from './breakdown-fields.tsx';
import { DurationField } from './duration-field.tsx';
import { ExclusionFields } from './exclusion-fields.tsx';
import type { FormOf } from './form-of.ts';
import { FunnelSteps } from './funnel-steps.tsx';
import { PropertyField } from './property-field.tsx';

const orders = [
  { value: 'ordered', label: 'In this order; others may lie between' },
  { value: 'any', label: 'In any order' },
  { value: 'strict', label: 'In this order, nothing between' },
];
const overs = [
  { value: '', label: 'Not drawn' },
  { value: 'day', label: 'By day' },
  { value: 'week', label: 'By week' },
  { value: 'month', label: 'By month' },
];

/** The steps of a funnel and all that decides how they are counted. */
export function FunnelForm({ body, set, issues }: FormOf<'funnel'>) {
  const order = body.order ?? 'ordered';
  return (
    <>
      <FormSection title="Steps">
        <FunnelSteps steps={body.steps} onChange={(steps) => set({ steps: [...steps] })} issues={issues} />
        <Select
          label="Order"
          allowDeselect={false}
          data={orders}
          value={order}
          onChange={(next) => set({ order: (next ?? 'ordered') as typeof order })}
        />
      </FormSection>
      <FormSection title="Window">
        <DurationField
          label={order === 'any' ? 'All steps lie within' : 'The last step must follow the first within'}
          of="the window"
          value={body.within}
          onChange={(within) => set({ within })}
          error={issueAt(issues, ['within'])}
        />
      </FormSection>
      <FormSection title="Break down" purpose="One funnel for each value of a property.">
        <BreakdownFields body={body} set={set} issues={issues} />
      </FormSection>
      <details className="gw-report-more" open={hasMore(body)}>
        <summary>More ways to count</summary>
        <Stack gap="md">
          {order === 'ordered' && (
            <>
              <Select
                label="Who starts more than once"
                allowDeselect={false}
                data={[
                  { value: 'best', label: 'counts with the best attempt' },
                  { value: 'first', label: 'counts with the first attempt only' },
                ]}
                value={body.entry ?? 'best'}
                onChange={(entry) => set({ entry: (entry ?? 'best') as 'best' | 'first' })}
              />
              <ExclusionFields body={body} set={set} issues={issues} />
            </>
          )}
          <HoldField body={body} set={set} issues={issues} />
          <Select
            label="Conversion over time"
            description="By the period of the first step."
            allowDeselect={false}
            data={overs}
            value={body.over ?? ''}
            onChange={(over) => set({ over: over ? (over as 'day' | 'week' | 'month') : undefined })}
          />
        </Stack>
      </details>
    </>
  );
}

function hasMore({ entry, exclusions, hold, over }: FormOf<'funnel'>['body']): boolean {
  return entry === 'first' || (exclusions ?? []).length > 0 || hold !== undefined || over !== undefined;
}

function HoldField({ body, set, issues }: FormOf<'funnel'>) {
  return (
    <>
      <Select
        label="All steps of one attempt"
        allowDeselect={false}
        data={[
          { value: '', label: 'need nothing in common' },
          { value: 'same', label: 'have the same value of a property' },
        ]}
        value={body.hold === undefined ? '' : 'same'}
        onChange={(next) => set({ hold: next === 'same' ? '' : undefined })}
      />
      {body.hold !== undefined && (
        <PropertyField
          labelled
          label="Property that stays the same"
          value={body.hold}
          onChange={(hold) => set({ hold })}
          error={issueAt(issues, ['hold'])}
        />
      )}
    </>
  );
}
