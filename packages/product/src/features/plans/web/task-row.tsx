import { Go } from '@gangway/web/kit/go.tsx';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { plural } from '@gangway/web/kit/number-text.ts';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import { StatusBadge } from '@gangway/web/kit/status-badge.tsx';
import { Tooltip } from '@mantine/core';
import { useRef } from 'react';
import type { PlanTaskAnswer } from '../contract.ts';
import { dayText } from './day-text.ts';

interface TaskRowProps {
  readonly task: PlanTaskAnswer;
  readonly onChange: (to: 'complete' | 'reopen') => void;
}

/** One task: its state as a button, who does it, when it is due, and who or what closed it. */
export function TaskRow({ task, onChange }: TaskRowProps) {
  const done = task.status === 'done';
  const first = useRef(done);
  // Closed while the page was open: worth a glance. What was closed before is simply there.
  const fresh = done && !first.current;
  return (
    <li className="gw-task" data-status={task.status} data-fresh={fresh || undefined}>
      <Tooltip label={done ? 'Reopen' : task.automatic ? 'Complete by hand, before the facts do' : 'Complete'}>
        <button
          type="button"
          className="gw-task-check"
          aria-pressed={done}
          aria-label={`${done ? 'Reopen' : 'Complete'} “${task.title}”`}
          onClick={() => onChange(done ? 'reopen' : 'complete')}
        >
          <Icon name="check" size={12} />
        </button>
      </Tooltip>
      <div className="gw-task-words">
        <p className="gw-task-title">
          <span>{task.title}</span>{' '}
          {task.internal && (
            <StatusBadge tone="neutral" icon="eye">
              Internal
            </StatusBadge>
          )}
        </p>
        <TaskReason task={task} />
      </div>
      <span className="gw-task-owner">{task.owner === 'customer' ? 'Customer' : 'Us'}</span>
      <TaskDue task={task} />
    </li>
  );
}

/** Who or what closed it, with the people behind it; or the fact that it waits for; else why it matters. */
function TaskReason({ task }: { task: PlanTaskAnswer }) {
  const { closedBy } = task;
  return (
    <div className="gw-task-reason">
      {task.automatic && <Icon name="milestone" size={13} />}
      <span>
        {reasonWords(task)}
        {closedBy && closedBy.people.length > 0 && (
          <>
            {' · '}
            {closedBy.people.slice(0, 5).map((person, index) => (
              <span key={person.id}>
                {index > 0 && ', '}
                <Go to={`/people/${encodeURIComponent(person.id)}`} className="gw-inline-link">
                  {person.label}
                </Go>
              </span>
            ))}
            {closedBy.people.length > 5 && ` and ${plural(closedBy.people.length - 5, 'other', 'others')}`}
          </>
        )}
      </span>
    </div>
  );
}

/** What waits for somebody's hand says so by its state already, so there the reason is why it matters. */
function reasonWords(task: PlanTaskAnswer): string {
  if (task.closedBy) return `Closed by “${task.closedBy.milestone}”`;
  const byHand = task.status !== 'done' && !task.automatic;
  return byHand ? task.why || task.because : task.because;
}

function TaskDue({ task }: { task: PlanTaskAnswer }) {
  const day = dayText(task.due, new Date().getFullYear());
  if (task.doneAt !== null) {
    return (
      <span className="gw-task-due gw-quiet">
        <RelativeTime at={task.doneAt} />
      </span>
    );
  }
  return (
    <span className="gw-task-due">
      {task.status === 'late' ? (
        <StatusBadge tone="attention" icon="clock">{`Late, was due ${day}`}</StatusBadge>
      ) : (
        <span className="gw-quiet">due {day}</span>
      )}
    </span>
  );
}
