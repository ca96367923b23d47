import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { FilterBar } from '@gangway/web/kit/filter-bar.tsx';
import { useUrlState } from '@gangway/web/kit/url-state.ts';
import { SegmentedControl } from '@mantine/core';
import type { PlanAnswer, PlanTaskAnswer } from '../contract.ts';
import { ProgressLine } from './progress-line.tsx';
import { TaskRow } from './task-row.tsx';
import { useTaskChange } from './use-task-change.ts';

const shows = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'Open' },
  { value: 'late', label: 'Late' },
  { value: 'customer', label: 'Customer’s' },
  { value: 'us', label: 'Ours' },
];

/** The phases of a plan with their tasks; the filter is in the address. */
export function PlanPhases({ plan }: { plan: PlanAnswer }) {
  const [show, setShow] = useUrlState('show', 'all');
  const change = useTaskChange(plan.id);
  const phases = plan.phases
    .map((phase) => ({ ...phase, tasks: phase.tasks.filter((task) => isShown(task, show)) }))
    .filter((phase) => show === 'all' || phase.tasks.length > 0);
  return (
    <>
      <FilterBar>
        <SegmentedControl size="xs" aria-label="Which tasks" data={shows} value={show} onChange={setShow} />
      </FilterBar>
      {phases.length === 0 && (
        <EmptyState picture="calm" title="Nothing here">
          No task of this plan is in this view.
        </EmptyState>
      )}
      {phases.map((phase) => (
        <section key={phase.id} className="gw-phase" aria-label={phase.title}>
          <header>
            <h2>{phase.title}</h2>
            <ProgressLine done={phase.done} total={phase.total} label={`Progress of ${phase.title}`} />
          </header>
          <ul>
            {phase.tasks.map((task) => (
              <TaskRow key={task.id} task={task} onChange={(to) => change({ task, to })} />
            ))}
          </ul>
          {phase.tasks.length === 0 && <p className="gw-quiet gw-phase-empty">This phase has no task.</p>}
        </section>
      ))}
    </>
  );
}

function isShown(task: PlanTaskAnswer, show: string): boolean {
  switch (show) {
    case 'open':
      return task.status !== 'done';
    case 'late':
      return task.status === 'late';
    case 'customer':
      return task.owner === 'customer';
    case 'us':
      return task.owner === 'vendor';
    default:
      return true;
  }
}
