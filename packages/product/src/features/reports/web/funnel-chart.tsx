import type { FunnelAnswer } from '@gangway/web/kit/api/answers.ts';
import { countText, shareText } from '@gangway/web/kit/number-text.ts';
import './reports.css';

interface FunnelChartProps {
  readonly steps: FunnelAnswer['steps'];
  /** The step whose people are open, from 0. */
  readonly open: number | undefined;
  readonly onOpen: (step: number) => void;
}

/** The funnel: bars from zero on one scale, every number written beside its bar. Each row opens the people behind it. */
export function FunnelChart({ steps, open, onOpen }: FunnelChartProps) {
  const most = Math.max(1, ...steps.map((step) => step.people));
  return (
    <div className="gw-funnel-chart">
      <div className="gw-funnel-legend" aria-hidden="true">
        <span>Step</span>
        <span />
        <span>People</span>
        <span>Of first</span>
        <span>Of previous</span>
      </div>
      <ol>
        {steps.map((step, index) => (
          <li key={index}>
            <button
              type="button"
              aria-pressed={open === index}
              aria-label={`${rowWords(step, index)}. Show the people`}
              onClick={() => onOpen(index)}
            >
              <span className="gw-funnel-label">
                <span className="gw-quiet gw-number">{index + 1}</span> <span>{step.label}</span>
              </span>
              <svg className="gw-funnel-shape" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect className="gw-funnel-zero" x="0" y="0" width="100" height="10" />
                <rect className="gw-funnel-part" x="0" y="0" width={(step.people / most) * 100} height="10" />
              </svg>
              <span className="gw-funnel-figure gw-number">{countText(step.people)}</span>
              <span className="gw-number">{shareText(step.ofFirst)}</span>
              <span className="gw-number">{index === 0 ? '' : shareText(step.ofPrevious)}</span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

function rowWords(step: FunnelAnswer['steps'][number], index: number): string {
  const people = `Step ${index + 1}, ${step.label}: ${countText(step.people)} people`;
  if (index === 0) return people;
  return `${people}, ${shareText(step.ofFirst)} of the first step, ${shareText(step.ofPrevious)} of the previous one`;
}
