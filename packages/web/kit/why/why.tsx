import { Skeleton } from '@mantine/core';
import type { ExplainAnswer } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Icon, type IconName } from '../icon.tsx';
import { ProblemNotice } from '../problem-notice.tsx';
import { RelativeTime } from '../relative-time.tsx';
import type { Tone } from '../status-badge.tsx';
import { Conditions } from './conditions.tsx';
import { Decisions } from './decisions.tsx';
import './why.css';

export interface WhyProps {
  /** `guides`, `checklists`, … */
  readonly slice: string;
  readonly id: string;
  readonly person: string;
}

const looks: Record<ExplainAnswer['verdict'], { tone: Tone; icon: IconName }> = {
  would_show: { tone: 'good', icon: 'eye' },
  depends_on_page: { tone: 'info', icon: 'question' },
  blocked: { tone: 'attention', icon: 'blocked' },
  withheld: { tone: 'attention', icon: 'blocked' },
  not_in_audience: { tone: 'bad', icon: 'cross' },
  not_published: { tone: 'neutral', icon: 'pause' },
  unknown: { tone: 'neutral', icon: 'question' },
};

/** Why this person sees, or does not see, this content now: the verdict, each condition with what was found, and the history. */
export function Why({ slice, id, person }: WhyProps) {
  const answer = useAnswer<ExplainAnswer>(`explain/${slice}/${encodeURIComponent(id)}/${encodeURIComponent(person)}`, {}, { keep: false });
  if (answer.error && !answer.data) return <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <WhySkeleton />;
  const { verdict, headline, conditions, history, until, version } = answer.data;
  const { tone, icon } = looks[verdict];
  return (
    <div className="gw-why">
      <div className="gw-why-verdict" data-tone={tone} aria-live="polite">
        <Icon name={icon} size={20} />
        <div>
          <strong>{headline}</strong>
          <p className="gw-quiet">
            {version === null ? 'Never published.' : `Version ${version}.`}
            {until !== null && (
              <>
                {' '}
                The answer could change by itself <RelativeTime at={until} />.
              </>
            )}
          </p>
        </div>
      </div>
      {conditions.length > 0 && <Conditions conditions={conditions} />}
      <History history={history} />
      <Decisions slice={slice} id={id} person={person} />
    </div>
  );
}

function History({ history }: { history: ExplainAnswer['history'] }) {
  if (history.length === 0) return <p className="gw-quiet gw-why-none">Nothing of this has happened to the person so far.</p>;
  return (
    <section aria-label="History">
      <h2 className="gw-why-title">What happened so far</h2>
      <ol className="gw-why-history">
        {history.map((step) => (
          <li key={`${step.at} ${step.text}`}>
            <span>{step.text}</span>
            <span className="gw-quiet">
              <RelativeTime at={step.at} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function WhySkeleton() {
  return (
    <div className="gw-why" aria-busy="true">
      <Skeleton height={62} />
      <Skeleton height={14} width="70%" />
      <Skeleton height={14} width="55%" />
      <Skeleton height={14} width="62%" />
    </div>
  );
}
