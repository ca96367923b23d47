import type { ApiProblem } from '@gangway/web/kit/api/api-problem.ts';
import { useEnvironment, useTimeZone } from '@gangway/web/kit/api/environment.tsx';
import { request } from '@gangway/web/kit/api/request.ts';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { PeopleAnswer, ReportBody } from '../contract.ts';
import { rangeOf } from './ranges.ts';
import type { ReportAnswer } from './report-answer.ts';

/** What is counted of a report: everything but how it is called. */
function questionOf(body: ReportBody): object {
  const { kind: _kind, name: _name, days: _days, dates: _dates, ...question } = body;
  return question;
}

/** An answer, and the report it was asked for: the two stay together while another one is on its way. */
export interface Drawn {
  /** The same as long as the same is asked, however often it is counted anew. */
  readonly asked: string;
  readonly body: ReportBody;
  readonly answer: ReportAnswer;
}

/**
 * Counts a report over a range that ends now, half a second after it was last edited. Asks again when events arrive,
 * gathered by the stream, and keeps the last answer of the same kind on screen meanwhile. Leaving ends the counting.
 */
export function useReport(body: ReportBody, range: string, ready: boolean) {
  const { id } = useEnvironment();
  const zone = useTimeZone() ?? 'UTC';
  const asked = JSON.stringify({ kind: body.kind, ...questionOf(body) });
  const [settled] = useDebouncedValue(asked, 500);
  return useQuery<Drawn, ApiProblem>({
    queryKey: ['e', id, 'reports', 'drawn', range, zone, settled],
    queryFn: async ({ signal }) => {
      const { kind, ...question } = JSON.parse(settled) as ReportBody;
      const path = `/api/e/${id}/reports/${kind}`;
      const answer = await request<object>(path, {
        method: 'POST',
        body: { ...question, ...rangeOf(range, { now: Date.now(), zone }), zone },
        signal,
      });
      return {
        asked: `${range} ${zone} ${settled}`,
        body: { kind, ...question } as ReportBody,
        answer: { kind, ...answer } as ReportAnswer,
      };
    },
    enabled: ready && settled === asked,
    placeholderData: (previous) => (previous?.body.kind === body.kind ? previous : undefined),
  });
}

/** What is asked for the people behind a number, up to the very instant at which it was counted. */
export function peopleRequest({ body, answer }: Drawn, cell: unknown, zone: string): object {
  const { from, to, asOf } = answer;
  return { ...questionOf(body), from, to, asOf, zone, cell };
}

/** The people behind a number, a page at a time. */
export function usePeopleBehind(drawn: Drawn, cell: unknown) {
  const { id } = useEnvironment();
  const zone = useTimeZone() ?? 'UTC';
  const asked = peopleRequest(drawn, cell, zone);
  return useInfiniteQuery<PeopleAnswer, ApiProblem, { pages: PeopleAnswer[] }, readonly unknown[], PeopleAnswer['next']>({
    queryKey: ['e', id, 'report-people', drawn.body.kind, JSON.stringify(asked)],
    queryFn: ({ signal, pageParam }) =>
      request<PeopleAnswer>(`/api/e/${id}/reports/${drawn.body.kind}/people`, {
        method: 'POST',
        body: { ...asked, ...(pageParam === null ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next ?? undefined,
  });
}
