import type { FunnelAnswer } from '@gangway/web/kit/api/answers.ts';
import { Figure } from '@gangway/web/kit/figure.tsx';
import { countText, shareText } from '@gangway/web/kit/number-text.ts';
import { durationText } from '@gangway/web/kit/time-text.ts';

/** What the funnel says in two figures, each with its formula, n and as-of time. */
export function FunnelFacts({ answer }: { answer: FunnelAnswer }) {
  const last = answer.steps.at(-1);
  const common = { formula: answer.formula, n: answer.n, asOf: answer.asOf };
  return (
    <div className="gw-funnel-facts">
      <Figure
        label="Complete it"
        value={shareText(last?.ofFirst ?? null)}
        {...common}
        note={`${countText(last?.people ?? 0)} of ${countText(answer.steps[0]?.people ?? 0)} people`}
      />
      <Figure
        label="Median time"
        value={answer.medianTime === null ? '–' : durationText(answer.medianTime)}
        formula="The middle value of the times from the first step to the last, of those who complete it."
        n={last?.people ?? 0}
        asOf={answer.asOf}
        note={answer.medianTime === null ? 'Nobody has completed it yet' : 'from the first step to the last'}
      />
    </div>
  );
}
