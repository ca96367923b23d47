import { FormSection } from '@gangway/web/kit/definitions/form-section.tsx';
import { SegmentedControl, Switch } from '@mantine/core';
import type { FormOf } from './form-of.ts';
import { PickFields } from './pick-fields.tsx';

/** Whose time it is, where it begins and ends, and what ends the hope for it. */
export function ValueForm({ body, set, issues }: FormOf<'time-to-value'>) {
  return (
    <>
      <FormSection title="Whose time">
        <SegmentedControl
          size="xs"
          aria-label="Whose time"
          data={[
            { value: 'person', label: 'People' },
            { value: 'account', label: 'Accounts' },
          ]}
          value={body.of}
          onChange={(of) => set({ of: of as 'person' | 'account' })}
        />
      </FormSection>
      <FormSection title="From" purpose="The first time ever; it must lie in the range.">
        <PickFields label="the beginning" any pick={body.start} onChange={(start) => set({ start })} issues={issues} path={['start']} />
      </FormSection>
      <FormSection title="To the first value" purpose="The event or milestone that means value to them.">
        <PickFields label="the value" any={false} pick={body.value} onChange={(value) => set({ value })} issues={issues} path={['value']} />
      </FormSection>
      <FormSection title="Unless" purpose="What ends the hope for it, for instance a cancellation.">
        <Switch
          label="Something can come first"
          checked={body.loss !== undefined}
          onChange={(event) => set({ loss: event.currentTarget.checked ? { type: 'event', name: '' } : undefined })}
        />
        {body.loss && (
          <PickFields label="the loss" any={false} pick={body.loss} onChange={(loss) => set({ loss })} issues={issues} path={['loss']} />
        )}
      </FormSection>
      <FormSection title="Compare" purpose="Has it become faster? Beside who began in the range before, which is as long.">
        <Switch
          label="With the range before"
          checked={body.compare === true}
          onChange={(event) => set({ compare: event.currentTarget.checked || undefined })}
        />
      </FormSection>
    </>
  );
}
