import type { ApiProblem } from '@gangway/web/kit/api/api-problem.ts';
import { useEnvironment } from '@gangway/web/kit/api/environment.tsx';
import { request } from '@gangway/web/kit/api/request.ts';
import { answerKey } from '@gangway/web/kit/api/use-answer.ts';
import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { EventFeed } from '@gangway/web/kit/event-feed.tsx';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { Button, Skeleton, Stack } from '@mantine/core';
import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import type { TimelineEvent } from '../contract.ts';

interface TimelineAnswer {
  readonly events: readonly TimelineEvent[];
  /** What asks for the earlier ones; null when there are none. */
  readonly next: number | null;
}

/** What the person did, newest first; earlier events on demand, new ones by themselves. */
export function PersonTimeline({ id }: { id: string }) {
  const environment = useEnvironment().id;
  const path = `people/${encodeURIComponent(id)}/timeline`;
  const pages = useInfiniteQuery<TimelineAnswer, ApiProblem, InfiniteData<TimelineAnswer>, readonly unknown[], number | undefined>({
    queryKey: answerKey(environment, path),
    queryFn: ({ signal, pageParam }) => request<TimelineAnswer>(`/api/e/${environment}/${path}`, { query: { next: pageParam }, signal }),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const events = pages.data?.pages.flatMap((page) => page.events) ?? [];
  if (pages.error && !pages.data) return <ProblemNotice error={pages.error} onRetry={() => void pages.refetch()} />;
  if (pages.isPending) return <TimelineSkeleton />;
  if (events.length === 0) {
    return (
      <EmptyState picture="events" title="No events">
        Nothing this person did is kept. Events appear here within a second of arriving.
      </EmptyState>
    );
  }
  return (
    <Stack gap="md">
      <EventFeed events={events} ofPerson />
      {pages.hasNextPage && (
        <div>
          <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            Show earlier events
          </Button>
        </div>
      )}
    </Stack>
  );
}

const widths = ['60%', '44%', '52%', '66%', '38%'];

function TimelineSkeleton() {
  return (
    <Stack gap="lg" aria-busy>
      {widths.map((width) => (
        <Skeleton key={width} height={13} width={width} />
      ))}
    </Stack>
  );
}
