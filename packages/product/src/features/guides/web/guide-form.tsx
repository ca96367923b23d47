import { AudienceSection } from '@gangway/web/kit/definitions/audience-section.tsx';
import { ChoiceField } from '@gangway/web/kit/definitions/choice-field.tsx';
import { FormSection } from '@gangway/web/kit/definitions/form-section.tsx';
import { issueAt } from '@gangway/web/kit/definitions/issue.ts';
import { NameField } from '@gangway/web/kit/definitions/name-field.tsx';
import type { Editing } from '@gangway/web/kit/definitions/use-editing.ts';
import { useRuleChoices } from '@gangway/web/kit/definitions/use-rule-choices.ts';
import { PartList } from '@gangway/web/kit/part-list/part-list.tsx';
import { Input } from '@mantine/core';
import type { Tour } from '../guide.ts';
import { copyStep, newStep } from './new-step.ts';
import { StepForm } from './step-form.tsx';

interface GuideFormProps {
  readonly editing: Editing<Tour>;
  /** The id of the step whose form is open. */
  readonly open: string | undefined;
  readonly onOpen: (id: string | undefined) => void;
}

/** The form of a tour. */
export function GuideForm({ editing, open, onOpen }: GuideFormProps) {
  const { draft, change } = editing;
  const { body, issues } = draft;
  const choices = useRuleChoices();
  const set = (part: Partial<Tour>) => change({ ...body, ...part });
  const noSteps = issueAt(issues, ['steps']);
  const lastId = body.steps.at(-1)?.id;
  return (
    <>
      <FormSection title="About">
        <NameField value={body.name} onChange={(name) => set({ name })} issues={issues} />
        <ChoiceField
          label="Starts"
          description={
            body.start === 'auto'
              ? 'As soon as somebody in the audience is on a page of the first step.'
              : 'By an item of a checklist, or by the page’s own code.'
          }
          data={[
            { value: 'auto', label: 'By itself' },
            { value: 'manual', label: 'When asked for' },
          ]}
          value={body.start}
          onChange={(start) => set({ start })}
        />
      </FormSection>
      <AudienceSection editing={editing} choices={choices} />
      <FormSection title="Steps">
        <PartList
          noun="step"
          parts={body.steps}
          onChange={(steps) => set({ steps })}
          titleOf={(step) => step.title}
          noteOf={(step) =>
            step.target ? (step.target.testId ?? step.target.id ?? step.target.text ?? step.target.selector) : 'middle of the page'
          }
          open={open}
          onOpen={onOpen}
          create={() => newStep(body.steps)}
          copy={(step) => copyStep(step, body.steps)}
          max={30}
          issues={issues}
          path={['steps']}
          form={(step, setStep, path) => (
            <StepForm key={step.id} step={step} onChange={setStep} issues={issues} path={path} last={step.id === lastId} />
          )}
        />
        {noSteps && <Input.Error>{noSteps}</Input.Error>}
      </FormSection>
    </>
  );
}
