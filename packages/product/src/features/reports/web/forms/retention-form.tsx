import { FormSection } from '@gangway/web/kit/definitions/form-section.tsx';
import { issueAt } from '@gangway/web/kit/definitions/issue.ts';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { WholeNumberField } from '@gangway/web/kit/rule-editor/whole-number-field.tsx';
import { ActionIcon, Button, Input, Select } from '@mantine/core';
import { DurationField } from './duration-field.tsx';
import type { BodyOf, FormOf } from './form-of.ts';
import { PickFields } from './pick-fields.tsx';
import { UnitField } from './unit-field.tsx';

type Mode = BodyOf<'retention'>['mode'];

const day = 86_400_000;
const modes = [
  { value: 'exact', label: 'On: in exactly that period' },
  { value: 'unbounded', label: 'On or after: in that period or any later' },
  { value: 'bracket', label: 'In brackets of periods' },
  { value: 'rolling', label: 'Rolling: from the own start' },
];

/** Who starts, what counts as coming back, and how time is cut. */
export function RetentionForm({ body, set, issues }: FormOf<'retention'>) {
  return (
    <>
      <FormSection title="Start" purpose="Who does this joins a cohort.">
        <PickFields label="the start" any pick={body.start} onChange={(start) => set({ start })} issues={issues} path={['start']} />
        <Select
          aria-label="Which starts count"
          allowDeselect={false}
          data={[
            { value: 'first', label: 'The first time ever' },
            { value: 'recurring', label: 'Every period with a start' },
          ]}
          value={body.entry}
          onChange={(entry) => set({ entry: (entry ?? 'first') as 'first' | 'recurring' })}
        />
      </FormSection>
      <FormSection title="Return" purpose="Who does this afterwards has come back.">
        <PickFields
          label="the return"
          any
          pick={body.returns}
          onChange={(returns) => set({ returns })}
          issues={issues}
          path={['returns']}
        />
        <Select
          aria-label="When a return counts"
          allowDeselect={false}
          data={modes}
          value={body.mode.type}
          onChange={(type) => set({ mode: modeOf(type ?? 'exact') })}
        />
        {body.mode.type === 'bracket' && <Brackets brackets={body.mode.brackets} unit={body.unit} set={set} issues={issues} />}
        {body.mode.type === 'rolling' && (
          <DurationField
            label="Stretches of"
            of="a stretch"
            value={body.mode.length}
            onChange={(length) => set({ mode: { type: 'rolling', length } })}
            error={issueAt(issues, ['mode'])}
          />
        )}
      </FormSection>
      <FormSection title="Cohorts by">
        <UnitField label="Cohorts by" value={body.unit} onChange={(unit) => set({ unit })} />
      </FormSection>
    </>
  );
}

function modeOf(type: string): Mode {
  if (type === 'rolling') return { type, length: 7 * day };
  if (type !== 'bracket') return { type: type === 'unbounded' ? 'unbounded' : 'exact' };
  return {
    type,
    brackets: [
      { from: 1, to: 2 },
      { from: 2, to: 5 },
      { from: 5, to: 9 },
    ],
  };
}

interface BracketsProps extends Pick<FormOf<'retention'>, 'set' | 'issues'> {
  readonly brackets: Extract<Mode, { type: 'bracket' }>['brackets'];
  readonly unit: string;
}

function Brackets({ brackets, unit, set, issues }: BracketsProps) {
  const give = (next: typeof brackets) => set({ mode: { type: 'bracket', brackets: next } });
  return (
    <div className="gw-report-exclusions">
      {brackets.map(({ from, to }, index) => {
        const wrong = issueAt(issues, ['mode', 'brackets', index]);
        return (
          <div key={index}>
            <div className="gw-report-row">
              <span>{`From ${unit}`}</span>
              <WholeNumberField
                label={`First ${unit} of bracket ${index + 1}`}
                min={1}
                max={1000}
                value={from}
                onChange={(next) => give(brackets.toSpliced(index, 1, { from: next, to }))}
              />
              <span>to</span>
              <WholeNumberField
                label={`Last ${unit} of bracket ${index + 1}`}
                min={1}
                max={1000}
                value={to - 1}
                onChange={(next) => give(brackets.toSpliced(index, 1, { from, to: next + 1 }))}
              />
              <ActionIcon
                aria-label={`Remove bracket ${index + 1}`}
                disabled={brackets.length === 1}
                onClick={() => give(brackets.toSpliced(index, 1))}
              >
                <Icon name="cross" />
              </ActionIcon>
            </div>
            {wrong && <Input.Error>{wrong}</Input.Error>}
          </div>
        );
      })}
      <Button
        variant="default"
        size="xs"
        leftSection={<Icon name="plus" />}
        disabled={brackets.length >= 20}
        onClick={() => give([...brackets, { from: brackets.at(-1)?.to ?? 1, to: (brackets.at(-1)?.to ?? 1) + 1 }])}
      >
        Add a bracket
      </Button>
    </div>
  );
}
