import type { ApiProblem } from '@gangway/web/kit/api/api-problem.ts';
import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { useLive } from '@gangway/web/kit/live.tsx';
import { useMemo, useState } from 'react';
import type { TimelineEvent } from '../contract.ts';

/** Parts of names, in any case; empty = all. */
export interface LiveFilter {
  readonly name: string;
  readonly person: string;
}
/** More than this is not kept in the page; the person's own timeline has the rest. */
const most = 500;

/** The last events of the environment and those that stream in, newest first, filtered. */
export function useLiveEvents(filter: LiveFilter): {
  events: readonly TimelineEvent[] | undefined;
  connected: boolean;
  problem: ApiProblem | null;
  retry: () => void;
} {
  const recent = useAnswer<{ events: readonly TimelineEvent[] }>('live');
  const [arrived, setArrived] = useState<readonly TimelineEvent[]>([]);
  const { connected } = useLive((applied) =>
    setArrived((before) => [...[...applied.events].sort((a, b) => b.time - a.time), ...before].slice(0, most)),
  );
  const events = useMemo(() => {
    if (!recent.data) return undefined;
    return distinct([...arrived, ...recent.data.events]).filter((event) => matches(event, filter.name, filter.person));
  }, [recent.data, arrived, filter.name, filter.person]);
  return { events, connected, problem: recent.error, retry: () => void recent.refetch() };
}

function distinct(events: readonly TimelineEvent[]): TimelineEvent[] {
  const seen = new Set<string>();
  return events.filter((event) => !seen.has(event.id) && seen.add(event.id));
}

function matches(event: TimelineEvent, name: string, person: string): boolean {
  const holds = (text: string | null, part: string) => text?.toLowerCase().includes(part.toLowerCase()) ?? false;
  if (name !== '' && !holds(event.name, name)) return false;
  return person === '' || holds(event.personLabel, person) || event.person === person;
}
