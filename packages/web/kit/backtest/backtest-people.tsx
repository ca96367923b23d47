import { SegmentedControl, Skeleton } from '@mantine/core';
import { useState } from 'react';
import type { BacktestSubjectsAnswer } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Go } from '../go.tsx';
import { countText, plural } from '../number-text.ts';
import { ProblemNotice } from '../problem-notice.tsx';
import { RelativeTime } from '../relative-time.tsx';
import type { Findings } from './backtest-result.tsx';

interface BacktestPeopleProps {
  readonly run: string;
  readonly kind: Findings['kind'];
  readonly compared: boolean;
  readonly changes: Findings['changes'];
}

type Subject = BacktestSubjectsAnswer['subjects'][number];

/** Rows that are drawn at once. */
const shownAtOnce = 100;

/** Who was gained, lost, or stays: with when and how often. */
export function BacktestPeople({ run, kind, compared, changes }: BacktestPeopleProps) {
  const [change, setChange] = useState<Subject['change']>('gained');
  const [shown, setShown] = useState(shownAtOnce);
  const answer = useAnswer<BacktestSubjectsAnswer>(`backtests/${run}/subjects`, {}, { keep: false });
  if (answer.error) return <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <Skeleton h={120} />;
  const { subjects, total } = answer.data;
  const chosen = subjects.filter((subject) => subject.change === change);
  return (
    <section aria-label="Who">
      {compared && (
        <SegmentedControl
          aria-label="Who"
          value={change}
          onChange={(value) => setChange(value as Subject['change'])}
          data={(['gained', 'lost', 'same'] as const).map((value) => ({ value, label: `${words[value]} ${countText(changes[value])}` }))}
        />
      )}
      {chosen.length === 0 && <p className="gw-quiet">{compared ? 'Nobody.' : 'Nobody was found.'}</p>}
      <ul className="gw-backtest-people">
        {chosen.slice(0, shown).map((subject) => (
          <li key={subject.id ?? `${subject.label} ${subject.draft?.at} ${subject.published?.at}`}>
            <SubjectName subject={subject} kind={kind} />
            <span className="gw-quiet gw-number">
              <Detail subject={subject} />
            </span>
          </li>
        ))}
      </ul>
      {chosen.length > shown && (
        <button type="button" className="gw-version-toggle" onClick={() => setShown(shown + shownAtOnce)}>
          Show more
        </button>
      )}
      {subjects.length < total && (
        <p className="gw-quiet gw-number">
          The first {countText(subjects.length)} of {countText(total)} are listed.
        </p>
      )}
    </section>
  );
}

const words = { gained: 'Gained', lost: 'Lost', same: 'Same' } as const;

function SubjectName({ subject, kind }: { subject: Subject; kind: Findings['kind'] }) {
  if (subject.id === null) return <span>{subject.label}</span>;
  return <Go to={`/${kind === 'account' ? 'accounts' : 'people'}/${encodeURIComponent(subject.id)}`}>{subject.label}</Go>;
}

function Detail({ subject: { draft, published } }: { subject: Subject }) {
  const found = draft ?? published;
  if (!found) return null;
  return (
    <>
      <RelativeTime at={found.at} />
      {found.times > 1 && `, ${plural(found.times, 'time', 'times')}`}
      {!found.sure && ', possible'}
    </>
  );
}
