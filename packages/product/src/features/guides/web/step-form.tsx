import { type Issue, issueAt } from '@gangway/web/kit/definitions/issue.ts';
import { WholeNumberField } from '@gangway/web/kit/rule-editor/whole-number-field.tsx';
import { Checkbox, Select, TextInput } from '@mantine/core';
import { type MissingPolicy, missingPolicies, placements, type TourStep } from '../guide.ts';
import { BodyField } from './body-field.tsx';
import './guides.css';
import { TargetFields } from './target-fields.tsx';

interface StepFormProps {
  readonly step: TourStep;
  readonly onChange: (step: TourStep) => void;
  readonly issues: readonly Issue[];
  readonly path: Issue['path'];
  readonly last: boolean;
}

const placementWords: Readonly<Record<TourStep['placement'], string>> = {
  bottom: 'Below',
  top: 'Above',
  start: 'Before (left in English)',
  end: 'After (right in English)',
};
const missingWords: Readonly<Record<MissingPolicy, string>> = {
  skip: 'Skip this step',
  center: 'Show the card in the middle',
  end: 'End the tour',
  pause: 'Wait until it appears',
};

/** The form of one step. */
export function StepForm({ step, onChange, issues, path, last }: StepFormProps) {
  const set = (part: Partial<TourStep>) => onChange({ ...step, ...part });
  return (
    <>
      <TextInput
        label="Title"
        maxLength={120}
        value={step.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        error={issueAt(issues, [...path, 'title'])}
      />
      <BodyField value={step.body} onChange={(body) => set({ body })} error={issueAt(issues, [...path, 'body'])} />
      <TargetFields
        value={step.target}
        onChange={(target) => {
          const { target: _before, ...rest } = step;
          // Without an element there is nothing to click, so the wish to go on by a click goes too.
          onChange(target ? { ...rest, target } : { ...rest, advanceOnClick: false });
        }}
        issues={issues}
        path={[...path, 'target']}
      />
      {step.target && <ElementOptions step={step} onChange={onChange} issues={issues} path={path} last={last} />}
      <div className="gw-step-grid">
        <TextInput
          label="Only on pages"
          description="Elsewhere the step waits. * is one part, ** any number."
          placeholder="any page"
          value={step.path ?? ''}
          onChange={(event) => onChange(withText(step, 'path', event.currentTarget.value))}
          error={issueAt(issues, [...path, 'path'])}
        />
        <TextInput
          label="Words on the button"
          description="When left empty, these."
          placeholder={last ? 'Done' : 'Next'}
          maxLength={40}
          value={step.nextLabel ?? ''}
          onChange={(event) => onChange(withText(step, 'nextLabel', event.currentTarget.value))}
          error={issueAt(issues, [...path, 'nextLabel'])}
        />
      </div>
    </>
  );
}

function ElementOptions({ step, onChange, issues, path }: StepFormProps) {
  const set = (part: Partial<TourStep>) => onChange({ ...step, ...part });
  return (
    <>
      <Checkbox
        label="Go on when the element is clicked"
        checked={step.advanceOnClick}
        onChange={(event) => set({ advanceOnClick: event.currentTarget.checked })}
      />
      <div className="gw-step-grid">
        <Select
          label="Card"
          description="Moves by itself where there is no room."
          allowDeselect={false}
          data={placements.map((value) => ({ value, label: placementWords[value] }))}
          value={step.placement}
          onChange={(placement) => placement && set({ placement: placement as TourStep['placement'] })}
        />
        <Select
          label="When the element is missing"
          description="After the wait."
          allowDeselect={false}
          data={missingPolicies.map((value) => ({ value, label: missingWords[value] }))}
          value={step.missing}
          onChange={(missing) => missing && set({ missing: missing as MissingPolicy })}
        />
        <WholeNumberField
          labelled
          label="Wait, in seconds"
          description="0 to 60, for the element to appear."
          width={160}
          min={0}
          max={60}
          value={Math.round(step.timeout / 1000)}
          onChange={(seconds) => set({ timeout: seconds * 1000 })}
          error={issueAt(issues, [...path, 'timeout'])}
        />
      </div>
    </>
  );
}

/** Sets an optional text; an empty one takes the member away, because absent and empty mean different things to the page. */
function withText(step: TourStep, key: 'path' | 'nextLabel', text: string): TourStep {
  const { [key]: _before, ...rest } = step;
  return text === '' ? rest : { ...rest, [key]: text };
}
