import type { ActivationAnswer } from '@gangway/web/kit/api/answers.ts';
import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { Figure } from '@gangway/web/kit/figure.tsx';
import { Go } from '@gangway/web/kit/go.tsx';
import { countText, plural, shareText } from '@gangway/web/kit/number-text.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { Section } from '@gangway/web/kit/section.tsx';
import { durationText } from '@gangway/web/kit/time-text.ts';
import { Skeleton } from '@mantine/core';
import { usePeriod } from './use-period.ts';

const week = 7 * 86_400_000;

/** The activation rate of the last 30 days, within seven days of arriving. */
export function ActivationCard() {
  const period = usePeriod(30);
  const answer = useAnswer<ActivationAnswer>('reports/activation', { ...period, within: week });
  return (
    <div className="gw-card">
      <Section title="Activation, last 30 days">
        <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
        {answer.isPending && <Skeleton height={56} width={160} />}
        {answer.data && <Rate activation={answer.data} />}
      </Section>
    </div>
  );
}

function Rate({ activation }: { activation: ActivationAnswer }) {
  if (!activation.milestone) {
    return (
      <p className="gw-home-none">
        No milestone stands for activation yet. Choose the moment at which somebody has got value for the first time:{' '}
        <Go to="/milestones" className="gw-inline-link">
          set a milestone
        </Go>
        .
      </p>
    );
  }
  return (
    <Figure
      label={`${activation.milestone.name} within ${durationText(activation.within)}`}
      value={shareText(activation.rate)}
      formula={activation.formula}
      n={activation.matured}
      asOf={activation.asOf}
      rows="/reports"
      note={
        <>
          {plural(activation.activated, 'person', 'people')} of {countText(activation.matured)} activated;{' '}
          {plural(activation.open, 'still has', 'still have')} time.
        </>
      }
    />
  );
}
