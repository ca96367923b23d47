import { FormSection } from '@gangway/web/kit/definitions/form-section.tsx';
import { issueAt } from '@gangway/web/kit/definitions/issue.ts';
import { NameField } from '@gangway/web/kit/definitions/name-field.tsx';
import { useDefinitionNames } from '@gangway/web/kit/definitions/use-definitions.ts';
import type { Editing } from '@gangway/web/kit/definitions/use-editing.ts';
import { plural } from '@gangway/web/kit/number-text.ts';
import { PartList } from '@gangway/web/kit/part-list/part-list.tsx';
import { namerOf } from '@gangway/web/kit/rule-editor/rule-choices.ts';
import { Input, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Playbook } from '../playbook.ts';
import { copyPhase, newPhase } from './new-task.ts';
import { PhaseForm } from './phase-form.tsx';

/** The form of a playbook. */
export function PlaybookForm({ editing }: { editing: Editing<Playbook> }) {
  const { draft, change } = editing;
  const { body, issues } = draft;
  const [open, setOpen] = useState<string | undefined>(body.phases[0]?.id);
  const nameOf = namerOf(useDefinitionNames('milestones').data?.definitions ?? []);
  const set = (part: Partial<Playbook>) => change({ ...body, ...part });
  const noPhases = issueAt(issues, ['phases']);
  const tasks = body.phases.flatMap((phase) => phase.tasks);
  const lastDay = Math.max(0, ...tasks.map((task) => task.dueDay));
  return (
    <>
      <FormSection title="About">
        <NameField value={body.name} onChange={(name) => set({ name })} issues={issues} />
        <Textarea
          label="Description"
          description="For whom it is, and what the customer has at its end."
          maxLength={2000}
          value={body.description}
          onChange={(event) => set({ description: event.currentTarget.value })}
          error={issueAt(issues, ['description'])}
        />
      </FormSection>
      <FormSection
        title="Phases and tasks"
        purpose={
          tasks.length === 0
            ? 'Due days count working days from the plan’s start.'
            : `${plural(tasks.length, 'task', 'tasks')} over ${plural(lastDay, 'working day', 'working days')}.`
        }
      >
        <PartList
          noun="phase"
          parts={body.phases}
          onChange={(phases) => set({ phases })}
          titleOf={(phase) => phase.title}
          noteOf={(phase) => plural(phase.tasks.length, 'task', 'tasks')}
          open={open}
          onOpen={setOpen}
          create={() => newPhase(body)}
          copy={(phase) => copyPhase(phase, body)}
          max={30}
          issues={issues}
          path={['phases']}
          form={(phase, setPhase, path) => (
            <PhaseForm
              key={phase.id}
              playbook={body}
              phase={phase}
              onChange={setPhase}
              issues={issues}
              path={path}
              milestoneName={nameOf}
            />
          )}
        />
        {noPhases && <Input.Error>{noPhases}</Input.Error>}
      </FormSection>
    </>
  );
}
