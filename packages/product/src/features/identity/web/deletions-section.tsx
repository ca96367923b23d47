import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { countText, plural } from '@gangway/web/kit/number-text.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import { Section } from '@gangway/web/kit/section.tsx';
import { StatusBadge } from '@gangway/web/kit/status-badge.tsx';
import { Progress, Stack } from '@mantine/core';
import { useEffect } from 'react';
import type { ErasureAnswer, ErasuresAnswer } from '../contract.ts';

const steps: Readonly<Record<string, string>> = {
  waiting: 'Closing the door to their ids on every server; ten seconds',
  applying: 'Waiting until what came before is applied',
  log: 'Rewriting the event log',
  analytics: 'Removing analytics rows',
  rows: 'Removing refused events and messages',
};
const lookAgain = 2_000;

/** Deletions of people: how far each is, what it removed, and what came afterwards. */
export function DeletionsSection({ only }: { only?: string }) {
  const answer = useAnswer<ErasuresAnswer>('erasures');
  const { refetch } = answer;
  const rows = (answer.data?.erasures ?? []).filter(({ id }) => only === undefined || id === only);
  const running = rows.some(({ state }) => state !== 'done');
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => void refetch(), lookAgain);
    return () => clearInterval(timer);
  }, [running, refetch]);
  return (
    <Section title="Deleted people">
      <ProblemNotice error={answer.error} onRetry={() => void refetch()} />
      {answer.data && rows.length === 0 && (
        <p className="gw-identity-none">Nobody so far. A person is deleted from their page, under “Identity and data”.</p>
      )}
      <ul className="gw-identity-list">
        {rows.map((row) => (
          <li key={row.id}>
            <Deletion row={row} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Deletion({ row }: { row: ErasureAnswer }) {
  const { state, step, progress, total, result, error, late } = row;
  return (
    <Stack gap={4}>
      <div className="gw-identity-row">
        <StatusBadge tone={state === 'done' ? 'good' : error ? 'bad' : 'neutral'} icon={state === 'done' ? 'check' : 'clock'}>
          {state === 'done' ? 'Deleted' : 'Under way'}
        </StatusBadge>
        <span className="gw-mono">{row.person}</span>
        <span>
          asked by {row.requestedBy} <RelativeTime at={row.requestedAt} />
        </span>
      </div>
      {state !== 'done' && (
        <>
          <span className="gw-quiet" role="status">
            {steps[step] ?? step}
            {step === 'log' && total > 0 && `: ${countText(progress)} of ${countText(total)} batches`}
          </span>
          <Progress value={total === 0 ? 2 : (100 * progress) / total} aria-label="Deletion" />
          {error && <span>It stopped and is tried again by itself: {error}</span>}
        </>
      )}
      {result && (
        <span className="gw-quiet">
          {plural(result.entries, 'entry', 'entries')} of the log, {plural(result.failed, 'refused event', 'refused events')} and{' '}
          {plural(result.messages, 'message', 'messages')} removed. {plural(late, 'event', 'events')} of their ids came later and{' '}
          {late === 1 ? 'was' : 'were'} refused.
          {result.mentions.length > 0 &&
            ` Still named by people in: ${result.mentions.map(({ slice, id }) => `${slice} ${id}`).join(', ')}.`}
        </span>
      )}
    </Stack>
  );
}
