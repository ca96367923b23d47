import { useEffect } from 'react';
import type { PortalPlan } from '../contract.ts';
import { AllTasks } from './all-tasks.tsx';
import { dayOf } from './day-words.ts';
import { NextStep } from './next-step.tsx';
import { FailureNote, SignedOutPage } from './notice.tsx';
import { PhaseProgress } from './phase-progress.tsx';
import { initials } from './plan-words.ts';
import { Skeleton } from './skeleton.tsx';
import { usePlan } from './use-plan.ts';
import { Waiting } from './waiting.tsx';

/** The plan of the guest's company, the next step first. */
export function PlanPage() {
  const { view, look, markDone } = usePlan();
  const { plan, failure, marking } = view;
  useEffect(() => {
    if (plan) document.title = `${plan.plan} · ${plan.workspace}`;
  }, [plan]);

  if (view.signedOut) return <SignedOutPage />;
  return (
    <>
      {plan && <Header plan={plan} />}
      <main className="page">
        {failure && <FailureNote failure={failure} onRetry={look} />}
        {!plan && <h1 className="sr">Your onboarding plan</h1>}
        <p className="news" role="status">
          {view.news}
        </p>
        {plan ? <Sections plan={plan} marking={marking} onDone={markDone} /> : failure ? undefined : <Skeleton />}
      </main>
      {plan && <footer className="foot">You are here as {plan.guest}.</footer>}
    </>
  );
}

function Header({ plan }: { plan: PortalPlan }) {
  return (
    <header className="head">
      <span className="logo" aria-hidden="true">
        {initials(plan.workspace)}
      </span>
      <div className="head-text">
        <h1>{plan.plan}</h1>
        <p className="muted">
          {plan.account} with {plan.workspace}
        </p>
      </div>
    </header>
  );
}

function Sections({ plan, marking, onDone }: { plan: PortalPlan; marking: string | undefined; onDone: (task: string) => void }) {
  const today = dayOf(plan.asOf);
  return (
    <>
      <NextStep plan={plan} today={today} marking={marking} onDone={onDone} />
      <PhaseProgress plan={plan} />
      <Waiting plan={plan} today={today} />
      <AllTasks plan={plan} today={today} marking={marking} onDone={onDone} />
    </>
  );
}
