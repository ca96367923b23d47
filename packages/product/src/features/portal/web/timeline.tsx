import type { AllTasksProps } from './all-tasks.tsx';
import { longDay } from './day-words.ts';
import { allTasks, byDay } from './plan-words.ts';
import { TaskRow } from './task-row.tsx';

/** The plan day by day, by due date. */
export function Timeline({ plan, today, marking, onDone }: AllTasksProps) {
  return (
    <ol className="panel timeline">
      {byDay(allTasks(plan), today).map(({ day, tasks }) => (
        <li key={day} className={day === today ? 'day today' : 'day'} {...(day === today ? { 'aria-current': 'date' } : {})}>
          <h3>
            {longDay(day)}
            {day === today && <span className="owner owner-you">Today</span>}
          </h3>
          {tasks.length === 0 && <p className="muted">Nothing is due.</p>}
          <ul>
            {tasks.map((task) => (
              <TaskRow key={task.id} task={task} workspace={plan.workspace} today={today} marking={marking} onDone={onDone} dated />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
