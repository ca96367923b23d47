import { newPartId } from '@gangway/web/kit/definitions/new-definition-id.ts';
import type { Playbook, PlaybookPhase, PlaybookTask } from '../playbook.ts';

/** The ids of tasks are unique in the whole playbook, because a plan knows its tasks by them. */
function taskIds(playbook: Playbook): string[] {
  return playbook.phases.flatMap((phase) => phase.tasks.map((task) => task.id));
}

/** A fresh task, due with the last one of its phase (or of the phases before). */
export function newTask(playbook: Playbook, phase: PlaybookPhase): PlaybookTask {
  const before = playbook.phases.slice(0, playbook.phases.findIndex((each) => each.id === phase.id) + 1).flatMap((each) => each.tasks);
  const dueDay = Math.max(0, ...before.map((task) => task.dueDay));
  return {
    id: newPartId('task', taskIds(playbook)),
    title: '',
    why: '',
    owner: 'customer',
    dueDay,
    minutes: 15,
    internal: false,
    completion: { type: 'manual' },
  };
}

/** A copy of a task with an id of its own. */
export function copyTask(task: PlaybookTask, playbook: Playbook): PlaybookTask {
  return { ...task, id: newPartId('task', taskIds(playbook)) };
}

/** A fresh, empty phase. */
export function newPhase(playbook: Playbook): PlaybookPhase {
  return {
    id: newPartId(
      'phase',
      playbook.phases.map((phase) => phase.id),
    ),
    title: '',
    tasks: [],
  };
}

/** A copy of a phase and its tasks, each with an id of its own. */
export function copyPhase(phase: PlaybookPhase, playbook: Playbook): PlaybookPhase {
  const taken = taskIds(playbook);
  const tasks = phase.tasks.map((task) => {
    const id = newPartId('task', taken);
    taken.push(id);
    return { ...task, id };
  });
  return { ...newPhase(playbook), title: phase.title, tasks };
}

/** The first draft of a playbook: the phases that most onboardings have. */
export function newPlaybook(name: string): Playbook {
  const titles = ['Kickoff', 'Set-up', 'Training', 'Go-live'];
  return { name, description: '', phases: titles.map((title, index) => ({ id: `phase-${index + 1}`, title, tasks: [] })) };
}
