import { FormSection } from '@gangway/web/kit/definitions/form-section.tsx';
import type { FormOf } from './form-of.ts';
import { PickFields } from './pick-fields.tsx';
import { UnitField } from './unit-field.tsx';

/** What makes a person active, and how time is cut: for the lifecycle and the stickiness. */
export function ActivityForm({ body, set, issues }: FormOf<'lifecycle'> | FormOf<'stickiness'>) {
  return (
    <>
      <FormSection title="Active" purpose="A person is active in a period in which they did this. Choose what brings them value.">
        <PickFields label="being active" any pick={body.active} onChange={(active) => set({ active })} issues={issues} path={['active']} />
      </FormSection>
      <FormSection title="Periods">
        <UnitField label="Periods" value={body.unit} onChange={(unit) => set({ unit })} />
      </FormSection>
    </>
  );
}
