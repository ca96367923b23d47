import { type Issue, issueAt } from '@gangway/web/kit/definitions/issue.ts';
import { plural } from '@gangway/web/kit/number-text.ts';
import { PartList } from '@gangway/web/kit/part-list/part-list.tsx';
import { StatusBadge } from '@gangway/web/kit/status-badge.tsx';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Playbook, PlaybookPhase, PlaybookTask } from '../playbook.ts';
import { copyTask, newTask } from './new-task.ts';
import { TaskForm } from './task-form.tsx';

interface PhaseFormProps {
  readonly playbook: Playbook;
  readonly phase: PlaybookPhase;
  readonly onChange: (phase: PlaybookPhase) => void;
  readonly issues: readonly Issue[];
  readonly path: Issue['path'];
  /** Calls a milestone by its name. */
  readonly milestoneName: (id: string) => string;
}

/** The form of one phase: its title and its tasks. */
export function PhaseForm({ playbook, phase, onChange, issues, path, milestoneName }: PhaseFormProps) {
  const [open, setOpen] = useState<string | undefined>(undefined);
  return (
    <>
      <TextInput
        label="Title of the phase"
        maxLength={120}
        value={phase.title}
        onChange={(event) => onChange({ ...phase, title: event.currentTarget.value })}
        error={issueAt(issues, [...path, 'title'])}
      />
      <PartList
        noun="task"
        parts={phase.tasks}
        onChange={(tasks) => onChange({ ...phase, tasks })}
        titleOf={(task) => task.title}
        noteOf={(task) => taskNote(task, milestoneName)}
        open={open}
        onOpen={setOpen}
        create={() => newTask(playbook, phase)}
        copy={(task) => copyTask(task, playbook)}
        max={100}
        issues={issues}
        path={[...path, 'tasks']}
        form={(task, setTask, place) => <TaskForm task={task} onChange={setTask} issues={issues} path={place} />}
      />
    </>
  );
}

function taskNote(task: PlaybookTask, milestoneName: (id: string) => string) {
  const closing = task.completion.type === 'milestone' ? `closed by ${milestoneName(task.completion.milestone)}` : 'by hand';
  return (
    <>
      {task.internal && <StatusBadge tone="neutral">Internal</StatusBadge>} {task.owner === 'customer' ? 'Customer' : 'Us'} ·{' '}
      {dueWords(task.dueDay)} · {closing}
    </>
  );
}

function dueWords(days: number): string {
  return days === 0 ? 'on the first day' : `after ${plural(days, 'day', 'days')}`;
}
