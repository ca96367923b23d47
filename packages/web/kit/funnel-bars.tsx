import type { FunnelAnswer } from './api/answers.ts';
import { countText, shareText } from './number-text.ts';
import './funnel-bars.css';

/**
 * A funnel as bars from zero, labelled directly. `onStep` makes each bar a button that opens the people who stand
 * there.
 */
export function FunnelBars({ steps, onStep, open }: { steps: FunnelAnswer['steps']; onStep?: (step: number) => void; open?: number }) {
  const most = Math.max(1, ...steps.map((step) => step.people));
  return (
    <ol className="gw-funnel">
      {steps.map((step, index) => {
        const body = (
          <>
            <span className="gw-funnel-name gw-cut">{step.label}</span>
            <span className="gw-funnel-track">
              <span className="gw-funnel-bar" style={{ width: `${(step.people / most) * 100}%` }} />
            </span>
            <span className="gw-funnel-count gw-number">{countText(step.people)}</span>
            <span className="gw-funnel-share gw-number">{index === 0 ? '' : shareText(step.ofPrevious)}</span>
          </>
        );
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the funnel.
          <li key={index}>
            {onStep ? (
              <button
                type="button"
                className="gw-funnel-step"
                aria-pressed={open === index}
                aria-label={`${step.label}: ${countText(step.people)} people. Show who`}
                onClick={() => onStep(index)}
              >
                {body}
              </button>
            ) : (
              <div className="gw-funnel-step">{body}</div>
            )}
          </li>
        );
      })}
    </ol>
  );
}
