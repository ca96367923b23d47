import { ChoiceField } from '@gangway/web/kit/definitions/choice-field.tsx';
import { type Issue, issueAt } from '@gangway/web/kit/definitions/issue.ts';
import { MilestonePicker } from '@gangway/web/kit/definitions/milestone-picker.tsx';
import { WholeNumberField } from '@gangway/web/kit/rule-editor/whole-number-field.tsx';
import { Checkbox, Textarea, TextInput } from '@mantine/core';
import type { PlaybookTask } from '../playbook.ts';
import './playbooks.css';

interface TaskFormProps {
  readonly task: PlaybookTask;
  readonly onChange: (task: PlaybookTask) => void;
  readonly issues: readonly Issue[];
  readonly path: Issue['path'];
}

/** The form of one task. */
export function TaskForm({ task, onChange, issues, path }: TaskFormProps) {
  const set = (part: Partial<PlaybookTask>) => onChange({ ...task, ...part });
  return (
    <>
      <TextInput
        label="Title"
        maxLength={120}
        value={task.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        error={issueAt(issues, [...path, 'title'])}
      />
      <Textarea
        label="Why it matters"
        description="In the customer’s words; they read it in the portal."
        maxLength={2000}
        value={task.why}
        onChange={(event) => set({ why: event.currentTarget.value })}
        error={issueAt(issues, [...path, 'why'])}
      />
      <TaskEffort task={task} onChange={onChange} issues={issues} path={path} />
      <CompletionFields task={task} onChange={onChange} issues={issues} path={path} />
      <TextInput
        label="Where it is done"
        description="A link in the portal; may be left empty."
        placeholder="https://app.example.com/settings"
        value={task.url ?? ''}
        onChange={(event) => {
          const { url: _before, ...rest } = task;
          onChange(event.currentTarget.value === '' ? rest : { ...rest, url: event.currentTarget.value });
        }}
        error={issueAt(issues, [...path, 'url'])}
      />
      {task.owner === 'vendor' && (
        <Checkbox
          label="Internal: never shown in the portal"
          checked={task.internal}
          onChange={(event) => set({ internal: event.currentTarget.checked })}
        />
      )}
    </>
  );
}

/** Who does it, by when, and how long it takes. */
function TaskEffort({ task, onChange, issues, path }: TaskFormProps) {
  const set = (part: Partial<PlaybookTask>) => onChange({ ...task, ...part });
  return (
    <div className="gw-task-grid">
      <ChoiceField
        label="Done by"
        data={[
          { value: 'customer', label: 'Customer' },
          { value: 'vendor', label: 'Us' },
        ]}
        value={task.owner}
        onChange={(owner) => (owner === 'vendor' ? set({ owner }) : set({ owner, internal: false }))}
      />
      <WholeNumberField
        labelled
        label="Due, in working days"
        description="After the plan’s start."
        width={160}
        max={1000}
        value={task.dueDay}
        onChange={(dueDay) => set({ dueDay })}
        error={issueAt(issues, [...path, 'dueDay'])}
      />
      <WholeNumberField
        labelled
        label="Takes, in minutes"
        description="An honest guess."
        width={160}
        max={10_000}
        value={task.minutes}
        onChange={(minutes) => set({ minutes })}
        error={issueAt(issues, [...path, 'minutes'])}
      />
    </div>
  );
}

function CompletionFields({ task, onChange, issues, path }: TaskFormProps) {
  const { completion } = task;
  return (
    <div>
      <ChoiceField
        label="Closed"
        data={[
          { value: 'manual', label: 'By hand' },
          { value: 'milestone', label: 'By a milestone' },
        ]}
        value={completion.type}
        onChange={(type) => onChange({ ...task, completion: type === 'milestone' ? { type, milestone: '', people: 1 } : { type } })}
      />
      {completion.type === 'milestone' && (
        <div className="gw-task-completion">
          <MilestonePicker
            label="Milestone"
            description="Reached by people of the account, or by the account itself."
            value={completion.milestone}
            onChange={(milestone) => onChange({ ...task, completion: { ...completion, milestone } })}
            error={issueAt(issues, [...path, 'completion', 'milestone'])}
          />
          <WholeNumberField
            labelled
            label="By how many people"
            description="Different people of the account."
            width={200}
            min={1}
            max={10_000}
            value={completion.people}
            onChange={(people) => onChange({ ...task, completion: { ...completion, people } })}
            error={issueAt(issues, [...path, 'completion', 'people'])}
          />
        </div>
      )}
    </div>
  );
}
