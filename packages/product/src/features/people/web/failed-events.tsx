import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { JsonView } from '@gangway/web/kit/json-view.tsx';
import { plural } from '@gangway/web/kit/number-text.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { refusalWords } from '@gangway/web/kit/refusal-words.ts';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import { Skeleton, Stack, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { FailedEvent } from '../contract.ts';
import './people.css';

/** Events that were refused: the reason, the call, and the body as it came. */
export function FailedEvents() {
  const failed = useAnswer<{ events: readonly FailedEvent[]; total: number }>('failed');
  if (failed.error && !failed.data) return <ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!failed.data) {
    return (
      <Stack gap="lg" aria-busy>
        <Skeleton height={13} width="70%" />
        <Skeleton height={13} width="58%" />
        <Skeleton height={13} width="64%" />
      </Stack>
    );
  }
  const { events, total } = failed.data;
  if (events.length === 0) {
    return (
      <EmptyState picture="calm" title="Nothing was refused">
        An event that does not pass is kept here with its reason, so that it can be mended and sent again. One bad event never holds up the
        others.
      </EmptyState>
    );
  }
  return (
    <Stack gap="xs">
      <p className="gw-people-none">
        {plural(total, 'event was', 'events were')} refused{events.length < total ? `; the last ${events.length} are listed` : ''}. Mend the
        call and send them again.
      </p>
      <ul className="gw-failed">
        {events.map((event) => (
          <FailedRow key={event.id} event={event} />
        ))}
      </ul>
    </Stack>
  );
}

function FailedRow({ event }: { event: FailedEvent }) {
  const [open, setOpen] = useState(false);
  return (
    <li>
      <UnstyledButton className="gw-failed-row" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="blocked" />
        <span>
          {refusalWords(event.reason).sentence} <span className="gw-quiet gw-mono">{event.path || refusalWords(event.reason).code}</span>
        </span>
        <span className="gw-quiet">
          <RelativeTime at={event.receivedAt} />
        </span>
      </UnstyledButton>
      {open && <JsonView value={event.body} label="body of the refused event" />}
    </li>
  );
}
