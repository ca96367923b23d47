import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLive } from '../live.tsx';
import type { ApiProblem } from './api-problem.ts';
import { useEnvironment } from './environment.tsx';
import { type Query, request } from './request.ts';
import { answerKey } from './use-answer.ts';

const pageSize = 100;

export interface Pages<Row> {
  readonly rows: readonly Row[];
  /** How many match in all; undefined until the first answer. */
  readonly total: number | undefined;
  readonly problem: ApiProblem | null;
  readonly loading: boolean;
  readonly loadMore: (() => void) | undefined;
  readonly retry: () => void;
  /** Events have changed what is listed, and the list was held still because somebody is reading it. */
  readonly held: boolean;
}

/**
 * Reads a list that the server pages by `offset` and `limit`, growing as it is scrolled.
 * @param pick takes the rows and the total out of one answer
 */
export function usePages<Answer, Row>(
  path: string,
  query: Query,
  pick: (answer: Answer) => { rows: readonly Row[]; total: number },
): Pages<Row> {
  const environment = useEnvironment();
  const pages = useInfiniteQuery<Answer, ApiProblem, InfiniteData<Answer>, readonly unknown[], number>({
    queryKey: [...answerKey(environment.id, path, query), 'pages'],
    queryFn: ({ signal, pageParam }) =>
      request<Answer>(`/api/e/${environment.id}/${path}`, { query: { ...query, offset: pageParam, limit: pageSize }, signal }),
    initialPageParam: 0,
    getNextPageParam: (last, all) => {
      const seen = all.length * pageSize;
      return seen < pick(last).total ? seen : undefined;
    },
    placeholderData: keepPreviousData,
  });
  const answers = pages.data?.pages ?? [];
  const [held, setHeld] = useState(false);
  const refresh = () => {
    setHeld(false);
    void pages.refetch();
  };
  useLive(() => {
    const empty = answers[0] !== undefined && pick(answers[0]).total === 0;
    if (empty || (answers.length === 1 && !isBeingRead())) refresh();
    else setHeld(true);
  });
  const more = pages.hasNextPage && !pages.isFetchingNextPage;
  return {
    rows: answers.flatMap((answer) => [...pick(answer).rows]),
    total: answers[0] === undefined ? undefined : pick(answers[0]).total,
    problem: pages.error,
    loading: pages.isPending,
    loadMore: more ? () => void pages.fetchNextPage() : undefined,
    retry: refresh,
    held,
  };
}

/** Rows must not move under a pointer or away from the keyboard. */
function isBeingRead(): boolean {
  return document.querySelector('.gw-table-scroller:is(:hover, :focus-within)') !== null;
}
