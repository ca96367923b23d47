import { FormSection } from '@gangway/web/kit/definitions/form-section.tsx';
import { issueAt } from '@gangway/web/kit/definitions/issue.ts';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { WholeNumberField } from '@gangway/web/kit/rule-editor/whole-number-field.tsx';
import { ActionIcon, Button, SegmentedControl, Switch } from '@mantine/core';
import type { FormOf } from './form-of.ts';
import { PickFields } from './pick-fields.tsx';
import { PropertyField } from './property-field.tsx';
import { UnitField } from './unit-field.tsx';

const most = 5;

/** The lines of a trend, what is counted of each, and by which property they are broken down. */
export function TrendForm({ body, set, issues }: FormOf<'trend'>) {
  const { series, breakdown } = body;
  return (
    <>
      <FormSection title="What is counted">
        {series.map((one, index) => {
          const change = (part: Partial<typeof one>) => set({ series: series.toSpliced(index, 1, { ...one, ...part }) });
          return (
            <div key={index} className="gw-report-series">
              <PickFields
                label={`line ${index + 1}`}
                any
                pick={one.pick}
                onChange={(pick) => change({ pick })}
                issues={issues}
                path={['series', index, 'pick']}
              />
              <div className="gw-report-row">
                <SegmentedControl
                  size="xs"
                  aria-label={`Unit of line ${index + 1}`}
                  data={[
                    { value: 'people', label: 'Different people' },
                    { value: 'events', label: 'All events' },
                  ]}
                  value={one.measure}
                  onChange={(measure) => change({ measure: measure as 'events' | 'people' })}
                />
                {series.length > 1 && (
                  <ActionIcon aria-label={`Remove line ${index + 1}`} onClick={() => set({ series: series.toSpliced(index, 1) })}>
                    <Icon name="cross" />
                  </ActionIcon>
                )}
              </div>
            </div>
          );
        })}
        <div>
          <Button
            variant="default"
            size="xs"
            leftSection={<Icon name="plus" />}
            disabled={series.length >= most}
            onClick={() => set({ series: [...series, { pick: { type: 'event', name: '' }, measure: 'people' }] })}
          >
            Add a line
          </Button>
        </div>
      </FormSection>
      <FormSection title="Break down" purpose="One line for each value of a property.">
        <Switch
          label="By a property"
          checked={breakdown !== undefined}
          onChange={(event) => set({ breakdown: event.currentTarget.checked ? { property: '', top: 5 } : undefined })}
        />
        {breakdown && (
          <div className="gw-report-row">
            <PropertyField
              labelled
              label="Property"
              value={breakdown.property}
              onChange={(property) => set({ breakdown: { ...breakdown, property } })}
              error={issueAt(issues, ['breakdown', 'property'])}
            />
            <WholeNumberField
              labelled
              label="Lines"
              min={1}
              max={20}
              width={72}
              value={breakdown.top}
              onChange={(top) => set({ breakdown: { ...breakdown, top } })}
            />
          </div>
        )}
      </FormSection>
      <FormSection title="Periods">
        <UnitField label="Periods" value={body.unit} onChange={(unit) => set({ unit })} />
      </FormSection>
    </>
  );
}
