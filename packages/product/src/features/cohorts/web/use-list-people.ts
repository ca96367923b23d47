import type { ApiProblem } from '@gangway/web/kit/api/api-problem.ts';
import { useEnvironment } from '@gangway/web/kit/api/environment.tsx';
import { request } from '@gangway/web/kit/api/request.ts';
import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { CohortListAnswer } from '../contract.ts';

/** Those on a list who match the search, a page at a time, in the order of their ids. */
export function useListPeople(list: string, search: string) {
  const { id } = useEnvironment();
  const path = `/api/e/${id}/cohorts/${encodeURIComponent(list)}/people`;
  const pages = useInfiniteQuery<CohortListAnswer, ApiProblem, InfiniteData<CohortListAnswer>, readonly unknown[], string>({
    queryKey: ['e', id, 'cohorts', encodeURIComponent(list), 'people', search],
    queryFn: ({ signal, pageParam }) => request<CohortListAnswer>(path, { query: { search, after: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  /** All of them, for a file. */
  const everybody = async () => {
    const people: CohortListAnswer['people'] = [];
    for (let after: string | null = ''; after !== null; ) {
      const page: CohortListAnswer = await request<CohortListAnswer>(path, { query: { search, after, limit: 1000 } });
      people.push(...page.people);
      after = page.next;
    }
    return people;
  };
  return { pages, everybody };
}
