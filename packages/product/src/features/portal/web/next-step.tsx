import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';
import type { PortalPlan, PortalTask } from '../contract.ts';
import { dueWords, effortWords } from './day-words.ts';
import { Helper } from './helper.tsx';
import { Icon } from './icon.tsx';
import { openTasksOf, sentence } from './plan-words.ts';
import { TaskAction } from './task-action.tsx';

interface NextStepProps {
  readonly plan: PortalPlan;
  readonly today: string;
  readonly marking: string | undefined;
  readonly onDone: (task: string) => void;
}

/** The first thing on the page: one step, or what it means that there is none. */
export function NextStep(props: NextStepProps) {
  const { plan } = props;
  const heading = useFocusOnChange(plan.next?.id ?? '');
  if (!plan.next) return <NothingNext plan={plan} heading={heading} />;
  return (
    <section className="panel next" aria-labelledby="next-title" data-testid="next-step">
      <p className="eyebrow">Your next step</p>
      <h2 id="next-title" ref={heading} tabIndex={-1}>
        {plan.next.title}
      </h2>
      {plan.next.why && <p className="why">{plan.next.why}</p>}
      <Facts task={plan.next} today={props.today} />
      <TaskAction task={plan.next} marking={props.marking} onDone={props.onDone} weight="main" />
      {plan.next.automatic && (
        <p className="muted quietly">This step ticks itself when it happens: there is nothing to fill in. {sentence(plan.next.because)}</p>
      )}
      <Helper helper={plan.helper} about={plan.next.title} />
    </section>
  );
}

function Facts({ task, today }: { task: PortalTask; today: string }) {
  const effort = effortWords(task.minutes);
  return (
    <ul className="facts">
      {effort && (
        <li>
          <Icon name="clock" />
          {effort}
        </li>
      )}
      <li className={task.status === 'late' ? 'late' : ''}>
        <Icon name={task.status === 'late' ? 'late' : 'day'} />
        {dueWords(task, today)}
      </li>
    </ul>
  );
}

function NothingNext({ plan, heading }: { plan: PortalPlan; heading: RefObject<HTMLHeadingElement | null> }) {
  const finished = plan.done === plan.total;
  const waiting = openTasksOf(plan, 'vendor').length;
  return (
    <section className="panel next" aria-labelledby="next-title" data-testid="next-step">
      <p className="eyebrow">{finished ? 'All done' : 'Nothing for you now'}</p>
      <h2 id="next-title" ref={heading} tabIndex={-1}>
        {finished ? 'Your onboarding is complete' : `${plan.workspace} is at work`}
      </h2>
      <p className="why">
        {finished
          ? `All ${plan.total} steps are done. ${plan.helper.name} is still there for your questions.`
          : `You have done everything on your side. ${waiting === 1 ? 'One step' : `${waiting} steps`} on ours ${waiting === 1 ? 'is' : 'are'} left.`}
      </p>
      <Helper helper={plan.helper} about={plan.plan} />
    </section>
  );
}

/** When a step gives way to the next one, the keyboard follows; not on the first drawing, and not away from elsewhere. */
function useFocusOnChange(id: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(id);
  useEffect(() => {
    if (before.current === id) return;
    before.current = id;
    // The button that was pressed is gone, so the focus fell back to the page.
    if (document.activeElement === document.body) heading.current?.focus();
  }, [id]);
  return heading;
}
