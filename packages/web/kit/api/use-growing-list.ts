import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLive } from '../live.tsx';
import type { ApiProblem } from './api-problem.ts';
import { useEnvironment } from './environment.tsx';
import { growingKey } from './growing-key.ts';
import { type Query, request } from './request.ts';

/** As a `DataTable` takes it. */
export interface GrowingList<Row> {
  readonly rows: readonly Row[];
  /** How many match in all; undefined until the first answer. */
  readonly total: number | undefined;
  readonly problem: ApiProblem | null;
  readonly loading: boolean;
  readonly loadMore: (() => void) | undefined;
  readonly onRetry: () => void;
  /** Events have changed what is listed, and the list was held still because somebody is reading it. */
  readonly held: boolean;
}

interface Asked<Answer, Row> {
  readonly path: string;
  readonly query: Query;
  /** What the first page is asked for with, besides the query. */
  readonly first: Query;
  /** The same for the page after those that came; undefined = that was all. */
  readonly next: (last: Answer, all: readonly Answer[]) => Query | undefined;
  /** Takes the rows and the total out of one answer. */
  readonly pick: (answer: Answer) => { readonly rows: readonly Row[]; readonly total: number };
}

/** Reads a list a page at a time, growing as it is scrolled. Events refresh it when that moves no row under a reader. */
export function useGrowingList<Answer, Row>({ path, query, first, next, pick }: Asked<Answer, Row>): GrowingList<Row> {
  const environment = useEnvironment().id;
  const pages = useInfiniteQuery<Answer, ApiProblem, InfiniteData<Answer>, readonly unknown[], Query>({
    queryKey: growingKey(environment, path, query),
    queryFn: ({ signal, pageParam }) => request<Answer>(`/api/e/${environment}/${path}`, { query: { ...query, ...pageParam }, signal }),
    initialPageParam: first,
    getNextPageParam: next,
    placeholderData: keepPreviousData,
  });
  const { isRefetching } = pages;
  const answers = pages.data?.pages ?? [];
  const [held, setHeld] = useState(false);
  const refresh = () => {
    setHeld(false);
    void pages.refetch();
  };
  // Whatever had it asked again, the reader's own change too: what it was held for is on its way.
  useEffect(() => {
    if (isRefetching) setHeld(false);
  }, [isRefetching]);
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
    onRetry: refresh,
    held,
  };
}

/** Rows must not move under a pointer or away from the keyboard. */
function isBeingRead(): boolean {
  return document.querySelector('.gw-table-scroller:is(:hover, :focus-within)') !== null;
}
