import { type KeyboardEvent, useRef } from 'react';
import type { PortalPlan } from '../contract.ts';
import { TaskList } from './task-list.tsx';
import { Timeline } from './timeline.tsx';
import { type Shape, useShape } from './use-shape.ts';

export interface AllTasksProps {
  readonly plan: PortalPlan;
  /** The reader's day, `YYYY-MM-DD`. */
  readonly today: string;
  readonly marking: string | undefined;
  readonly onDone: (task: string) => void;
}

const shapes: readonly { id: Shape; name: string }[] = [
  { id: 'list', name: 'List' },
  { id: 'timeline', name: 'Timeline' },
];

/** The whole plan, by phase or by day. */
export function AllTasks(props: AllTasksProps) {
  const [shape, choose] = useShape();
  const tabs = useRef<HTMLDivElement>(null);

  const step = (event: KeyboardEvent) => {
    if (!['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) return;
    event.preventDefault();
    const other = shape === 'list' ? 'timeline' : 'list';
    const next = event.key === 'Home' ? 'list' : event.key === 'End' ? 'timeline' : other;
    choose(next);
    tabs.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };

  return (
    <section id="all" aria-labelledby="all-title">
      <div className="section-head">
        <h2 id="all-title">All steps</h2>
        <div className="tabs" role="tablist" aria-labelledby="all-title" ref={tabs} onKeyDown={step}>
          {shapes.map(({ id, name }) => (
            <button
              key={id}
              id={`tab-${id}`}
              type="button"
              role="tab"
              aria-selected={shape === id}
              aria-controls="all-panel"
              tabIndex={shape === id ? 0 : -1}
              onClick={() => choose(id)}
              data-testid={`view-${id}`}
            >
              {name}
            </button>
          ))}
        </div>
      </div>
      <div id="all-panel" role="tabpanel" aria-labelledby={`tab-${shape}`}>
        {shape === 'list' ? <TaskList {...props} /> : <Timeline {...props} />}
      </div>
    </section>
  );
}
