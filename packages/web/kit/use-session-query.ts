import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { SessionAnswer } from './api/answers.ts';
import type { ApiProblem } from './api/api-problem.ts';
import { request } from './api/request.ts';

/** Who is signed in; an `ApiProblem` with status 401 when nobody is. */
export function useSessionQuery(): UseQueryResult<SessionAnswer, ApiProblem> {
  return useQuery<SessionAnswer, ApiProblem>({
    queryKey: ['session'],
    queryFn: ({ signal }) => request('/api/session', { signal }),
    staleTime: 300_000,
  });
}
