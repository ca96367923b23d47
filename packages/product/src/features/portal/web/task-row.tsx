import type { PortalTask } from '../contract.ts';
import { dueWords, effortWords } from './day-words.ts';
import { Icon } from './icon.tsx';
import { sentence } from './plan-words.ts';
import { TaskAction } from './task-action.tsx';

export interface TaskRowProps {
  readonly task: PortalTask;
  /** The vendor's name, as the guest knows it. */
  readonly workspace: string;
  readonly today: string;
  readonly marking: string | undefined;
  readonly onDone: (task: string) => void;
  /** The day it is due stands above it already. */
  readonly dated?: boolean;
}

const states = { done: 'Done', late: 'Late', open: 'Open' };

/** One task with its state, whose it is, when, why, and what can be done about it. */
export function TaskRow({ task, workspace, today, marking, onDone, dated = false }: TaskRowProps) {
  const yours = task.owner === 'customer';
  const effort = task.status === 'done' ? undefined : effortWords(task.minutes);
  const note = task.status === 'done' ? sentence(task.because) : task.why;
  return (
    <li className={`task task-${task.status}`} data-testid="task" data-task={task.id} data-status={task.status}>
      <span className="task-mark">
        {task.status === 'done' && <Icon name="check" />}
        <span className="sr">{states[task.status]}: </span>
      </span>
      <div className="task-body">
        <p className="task-title">{task.title}</p>
        <p className="task-facts">
          <span className={yours ? 'owner owner-you' : 'owner'}>{yours ? 'You' : workspace}</span>
          {!(dated && task.status === 'open') && (
            <span className={task.status === 'late' ? 'late' : ''}>
              {task.status === 'late' && <Icon name="late" />}
              {dueWords(task, today)}
            </span>
          )}
          {effort && <span>{effort}</span>}
        </p>
        {note && <p className="task-note">{note}</p>}
        <TaskAction task={task} marking={marking} onDone={onDone} weight="row" />
      </div>
    </li>
  );
}
