import type { PortalTask } from '../contract.ts';
import { Icon } from './icon.tsx';
import { placeOf } from './plan-words.ts';

export interface TaskActionProps {
  readonly task: PortalTask;
  /** The task that is being marked as done. */
  readonly marking: string | undefined;
  readonly onDone: (task: string) => void;
  /** `main`: the one big button of the page. */
  readonly weight: 'main' | 'row';
}

/**
 * What a guest can do about a task: go where it is done, or say that it is done. A task that a fact closes has
 * nothing to tick, and one of the other side has nothing at all.
 */
export function TaskAction({ task, marking, onDone, weight }: TaskActionProps) {
  if (task.owner !== 'customer' || task.status === 'done') return undefined;
  const manual = !task.automatic;
  const place = placeOf(task);
  const name = weight === 'row' ? <span className="sr">: {task.title}</span> : undefined;
  const main = weight === 'main' ? 'primary' : 'small';
  const busy = marking === task.id;
  return (
    <div className="task-action">
      {place && (
        <a
          className={`button ${main}`}
          href={place}
          target="_blank"
          rel="noopener"
          data-testid={weight === 'main' ? 'next-open' : 'task-open'}
        >
          {weight === 'main' ? 'Go there' : 'Open'}
          <Icon name="out" />
          {name}
          <span className="sr"> (new tab)</span>
        </a>
      )}
      {manual && (
        <button
          type="button"
          className={place ? 'small quiet' : main}
          onClick={() => onDone(task.id)}
          disabled={marking !== undefined}
          data-testid={weight === 'main' ? 'next-done' : 'task-done'}
        >
          {!place && <Icon name="check" />}
          {busy ? 'Marking…' : 'Mark as done'}
          {name}
        </button>
      )}
    </div>
  );
}
