import { FormSection } from '@gangway/web/kit/definitions/form-section.tsx';
import { WholeNumberField } from '@gangway/web/kit/rule-editor/whole-number-field.tsx';
import { SegmentedControl } from '@mantine/core';
import type { FormOf } from './form-of.ts';
import { PickFields } from './pick-fields.tsx';

/** From which event paths are drawn, in which direction, and how much of them. */
export function PathsForm({ body, set, issues }: FormOf<'paths'>) {
  return (
    <>
      <FormSection title="From this event">
        <PickFields label="the beginning" any pick={body.anchor} onChange={(anchor) => set({ anchor })} issues={issues} path={['anchor']} />
        <SegmentedControl
          size="xs"
          aria-label="Direction"
          data={[
            { value: 'after', label: 'What they did next' },
            { value: 'before', label: 'What they had done before' },
          ]}
          value={body.direction}
          onChange={(direction) => set({ direction: direction as 'after' | 'before' })}
        />
      </FormSection>
      <FormSection title="How much">
        <div className="gw-report-row">
          <WholeNumberField labelled label="Places" min={1} max={6} width={84} value={body.steps} onChange={(steps) => set({ steps })} />
          <WholeNumberField
            labelled
            label="Events a place"
            min={1}
            max={10}
            width={130}
            value={body.top}
            onChange={(top) => set({ top })}
          />
        </div>
      </FormSection>
    </>
  );
}
