import type { TimelineEvent } from '@gangway/web/kit/api/answers.ts';
import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { EventFeed } from '@gangway/web/kit/event-feed.tsx';
import { Go } from '@gangway/web/kit/go.tsx';
import { useLive } from '@gangway/web/kit/live.tsx';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { Section } from '@gangway/web/kit/section.tsx';
import { Skeleton } from '@mantine/core';
import { useState } from 'react';

const shown = 8;

/** The last few events; they move as new ones arrive, and hold still under the pointer. */
export function LatestEvents() {
  const recent = useAnswer<{ events: readonly TimelineEvent[] }>('live');
  const [arrived, setArrived] = useState<readonly TimelineEvent[]>([]);
  useLive((applied) => setArrived((before) => [...[...applied.events].reverse(), ...before].slice(0, 50)));
  const known = new Set(arrived.map((event) => event.id));
  const events = [...arrived, ...(recent.data?.events ?? []).filter((event) => !known.has(event.id))];
  return (
    <div className="gw-card">
      <Section title="Latest events" end={<Go to="/live">Open Live</Go>}>
        <ProblemNotice error={recent.error} onRetry={() => void recent.refetch()} />
        {recent.isPending && <Skeleton height={200} />}
        {recent.data && events.length === 0 && <p className="gw-home-none">No event has been applied yet.</p>}
        {events.length > 0 && <EventFeed events={events} most={shown} />}
      </Section>
    </div>
  );
}
