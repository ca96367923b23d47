import type { AllTasksProps } from './all-tasks.tsx';
import { TaskRow } from './task-row.tsx';

/** The plan phase by phase. */
export function TaskList({ plan, today, marking, onDone }: AllTasksProps) {
  return plan.phases.map((phase) => (
    <section className="panel phase" key={phase.id} aria-labelledby={`phase-${phase.id}`}>
      <h3 id={`phase-${phase.id}`}>
        {phase.title}{' '}
        <span className="count">
          {phase.done}/{phase.total}
        </span>
      </h3>
      {phase.tasks.length === 0 && <p className="muted">Nothing for you to see here yet.</p>}
      <ul>
        {phase.tasks.map((task) => (
          <TaskRow key={task.id} task={task} workspace={plan.workspace} today={today} marking={marking} onDone={onDone} />
        ))}
      </ul>
    </section>
  ));
}
