import type { PortalPlan, PortalTask } from '../contract.ts';
import { dueWords } from './day-words.ts';
import { openTasksOf } from './plan-words.ts';

const shown = 3;

/** Who is waiting for whom. */
export function Waiting({ plan, today }: { plan: PortalPlan; today: string }) {
  if (plan.done === plan.total) return undefined;
  return (
    <section aria-labelledby="waiting-title">
      <h2 id="waiting-title" className="sr">
        What is waiting for whom
      </h2>
      <div className="sides">
        <Side title="Waiting for you" tasks={openTasksOf(plan, 'customer')} today={today} none="Nothing: it is our turn." />
        <Side title={`Waiting for ${plan.workspace}`} tasks={openTasksOf(plan, 'vendor')} today={today} none="Nothing: it is your turn." />
      </div>
    </section>
  );
}

function Side({ title, tasks, today, none }: { title: string; tasks: readonly PortalTask[]; today: string; none: string }) {
  return (
    <div className="panel side">
      <h3>
        {title} <span className="count">{tasks.length}</span>
      </h3>
      {tasks.length === 0 && <p className="muted">{none}</p>}
      <ul>
        {tasks.slice(0, shown).map((task) => (
          <li key={task.id}>
            <span>{task.title}</span>
            <span className={task.status === 'late' ? 'late' : 'muted'}>{dueWords(task, today)}</span>
          </li>
        ))}
      </ul>
      {tasks.length > shown && (
        <p>
          <a href="#all">and {tasks.length - shown} more</a>
        </p>
      )}
    </div>
  );
}
