import type { Issue } from '@gangway/web/kit/definitions/issue.ts';
import { nameComplaints } from '@gangway/web/kit/definitions/name-field.tsx';
import type { Playbook, PlaybookTask } from '../playbook.ts';

/** What keeps a playbook from being saved, said at once and beside the field. The server checks again. */
export function playbookComplaints(playbook: Playbook): Issue[] {
  const issues: Issue[] = nameComplaints(playbook);
  if (playbook.phases.length === 0) issues.push({ path: ['phases'], message: 'A playbook needs at least one phase.' });
  playbook.phases.forEach((phase, index) => {
    const path = ['phases', index];
    if (phase.title.trim() === '') issues.push({ path: [...path, 'title'], message: 'Give the phase a title.' });
    phase.tasks.forEach((task, place) => {
      issues.push(...taskComplaints(task, [...path, 'tasks', place]));
    });
  });
  return issues;
}

function taskComplaints(task: PlaybookTask, path: Issue['path']): Issue[] {
  const issues: Issue[] = [];
  if (task.title.trim() === '') issues.push({ path: [...path, 'title'], message: 'Give the task a title.' });
  if (task.completion.type === 'milestone' && task.completion.milestone === '') {
    issues.push({ path: [...path, 'completion', 'milestone'], message: 'Choose the milestone that closes it.' });
  }
  if (task.url !== undefined && !/^(https?:\/\/|\/(?![/\\]))/.test(task.url)) {
    issues.push({ path: [...path, 'url'], message: 'A web address, or a path that starts with /.' });
  }
  return issues;
}
