import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { FilterBar, SearchField } from '@gangway/web/kit/filter-bar.tsx';
import { plural } from '@gangway/web/kit/number-text.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { useUrlState } from '@gangway/web/kit/url-state.ts';
import { Button, Checkbox, Select, Skeleton, Stack } from '@mantine/core';
import { useState } from 'react';
import type { FailedAnswer } from '../contract.ts';
import { FailedExport } from './failed-export.tsx';
import { FailedRow } from './failed-row.tsx';
import './people.css';
import { SendAgain } from './send-again.tsx';

const pageSize = 50;

/** Events that were refused or set aside: found by reason or text, taken out as a file, sent again after a mend. */
export function FailedEvents() {
  const [reason, setReason] = useUrlState('reason');
  const [search, setSearch] = useUrlState('search');
  const [shown, setShown] = useState(pageSize);
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const filter = { ...(reason === '' ? {} : { reason }), ...(search === '' ? {} : { search }) };
  const failed = useAnswer<FailedAnswer>('failed', { ...filter, limit: Math.min(200, shown) });
  if (failed.error && !failed.data) return <ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!failed.data) return <FailedSkeleton />;
  const { events, total, reasons } = failed.data;
  if (reasons.length === 0) return <NothingFailed />;
  const here = events.filter(({ id }) => marked.has(id));
  const mark = (id: string) => setMarked((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]));
  const clear = () => {
    setReason('');
    setSearch('');
  };
  return (
    <Stack gap="xs">
      <FilterBar end={<FailedExport filter={filter} />}>
        <SearchField label="Search in the events" />
        <Select
          aria-label="Reason"
          placeholder="Every reason"
          clearable
          value={reason === '' ? null : reason}
          onChange={(value) => setReason(value ?? '')}
          data={reasons.map((each) => ({ value: each.reason, label: `${each.reason} (${each.count})` }))}
        />
      </FilterBar>
      <ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} />
      {events.length === 0 ? (
        <NoneMatch onClear={clear} />
      ) : (
        <>
          <div className="gw-failed-head">
            <Checkbox
              label={here.length > 0 ? `${here.length} selected` : `${plural(total, 'event was', 'events were')} refused`}
              checked={here.length === events.length}
              indeterminate={here.length > 0 && here.length < events.length}
              onChange={() => setMarked(here.length === events.length ? new Set() : new Set(events.map(({ id }) => id)))}
            />
            <SendAgain ids={here.map(({ id }) => id)} filter={filter} total={total} onDone={() => setMarked(new Set())} />
          </div>
          <ul className="gw-failed">
            {events.map((event) => (
              <FailedRow key={event.id} event={event} marked={marked.has(event.id)} onMark={() => mark(event.id)} />
            ))}
          </ul>
          {events.length < total && shown < 200 && (
            <Button variant="default" onClick={() => setShown(shown + pageSize)}>
              Show more
            </Button>
          )}
          {events.length < total && shown >= 200 && (
            <p className="gw-people-none">The last {events.length} are listed. Narrow the filter, or export all of them.</p>
          )}
        </>
      )}
    </Stack>
  );
}

function FailedSkeleton() {
  return (
    <Stack gap="lg" aria-busy>
      {['70%', '58%', '64%'].map((width) => (
        <Skeleton key={width} height={13} width={width} />
      ))}
    </Stack>
  );
}

function NothingFailed() {
  return (
    <EmptyState picture="calm" title="Nothing was refused">
      An event that does not pass is kept here with its reason, so that it can be mended and sent again. One bad event never holds up the
      others.
    </EmptyState>
  );
}

function NoneMatch({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      picture="search"
      title="No refused event matches"
      action={
        <Button variant="default" onClick={onClear}>
          Clear filters
        </Button>
      }
    >
      Other refused events are kept; this filter leaves them out.
    </EmptyState>
  );
}
