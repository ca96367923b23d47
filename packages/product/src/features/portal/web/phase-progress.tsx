import type { PortalPlan } from '../contract.ts';
import { Icon } from './icon.tsx';

/** How far the plan and each of its phases are. */
export function PhaseProgress({ plan }: { plan: PortalPlan }) {
  return (
    <section aria-labelledby="progress-title">
      <div className="section-head">
        <h2 id="progress-title">Progress</h2>
        <p className="muted figures">
          {plan.done} of {plan.total} steps done
        </p>
      </div>
      <ul className="panel phases">
        {plan.phases.map((phase) => (
          <li key={phase.id}>
            <span className="phase-title" id={`progress-${phase.id}`}>
              {phase.total > 0 && phase.done === phase.total && (
                <span className="good">
                  <Icon name="check" />
                  <span className="sr">Done: </span>
                </span>
              )}
              {phase.title}
            </span>
            <progress value={phase.done} max={Math.max(phase.total, 1)} aria-labelledby={`progress-${phase.id}`} />
            <span className="muted figures">
              {phase.done} of {phase.total}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
