import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { PortalPlan } from '../contract.ts';
import { newsBetween } from './plan-words.ts';
import { callPortal, PortalFailure } from './portal-call.ts';

/** How often a visible page looks again, milliseconds. */
const lookAgainMs = 15_000;

export interface PlanView {
  /** Undefined until the first answer. */
  readonly plan?: PortalPlan;
  /** The last call's failure; gone with the next answer. */
  readonly failure?: PortalFailure;
  /** The guest's cookie is missing, expired or taken back. */
  readonly signedOut: boolean;
  /** The task that is being marked as done. */
  readonly marking?: string;
  /** What just became done, for screen readers. */
  readonly news: string;
}

type Change = { type: 'answer'; plan: PortalPlan } | { type: 'failure'; failure: PortalFailure } | { type: 'marking'; task: string };

function advance(view: PlanView, change: Change): PlanView {
  const { failure: _failure, marking: _marking, ...rest } = view;
  if (change.type === 'marking') return { ...rest, marking: change.task };
  if (change.type === 'failure') return { ...rest, failure: change.failure, signedOut: change.failure.status === 401 };
  const news = view.plan ? newsBetween(view.plan, change.plan) : '';
  return { ...rest, plan: change.plan, signedOut: false, news: news || view.news };
}

/** The plan, kept fresh: again on focus, every 15 s while visible, and after each action. */
export function usePlan() {
  const [view, change] = useReducer(advance, { signedOut: false, news: '' });
  // Only the newest call may speak: an answer to an older one would show an older plan.
  const newest = useRef<AbortController>(undefined);

  const call = useCallback(async (path: string, method: 'GET' | 'POST') => {
    newest.current?.abort();
    const control = new AbortController();
    newest.current = control;
    try {
      const plan = (await callPortal(path, { method, signal: control.signal })) as PortalPlan;
      if (!control.signal.aborted) change({ type: 'answer', plan });
    } catch (error) {
      if (control.signal.aborted) return;
      const failure =
        error instanceof PortalFailure ? error : new PortalFailure(0, 'The answer could not be read. Nothing was changed. Try again.');
      change({ type: 'failure', failure });
    } finally {
      if (newest.current === control) newest.current = undefined;
    }
  }, []);

  const look = useCallback(() => call('/plan', 'GET'), [call]);
  const markDone = useCallback(
    (task: string) => {
      change({ type: 'marking', task });
      return call(`/tasks/${encodeURIComponent(task)}/complete`, 'POST');
    },
    [call],
  );

  useEffect(() => {
    // A look must not cut off an action that is under way; the action answers with the whole plan anyway.
    const lookWhenSeen = () => {
      if (document.visibilityState === 'visible' && newest.current === undefined) void look();
    };
    void look();
    const timer = setInterval(lookWhenSeen, lookAgainMs);
    addEventListener('focus', lookWhenSeen);
    document.addEventListener('visibilitychange', lookWhenSeen);
    return () => {
      clearInterval(timer);
      removeEventListener('focus', lookWhenSeen);
      document.removeEventListener('visibilitychange', lookWhenSeen);
      newest.current?.abort();
      newest.current = undefined;
    };
  }, [look]);

  return { view, look, markDone };
}
