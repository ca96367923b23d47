import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { ApiProblem } from './api-problem.ts';
import { useEnvironment } from './environment.tsx';
import { type Query, request } from './request.ts';

interface AnswerOptions {
  /** False waits: nothing is asked. */
  readonly enabled?: boolean;
  /** Keeps showing the last answer while another query runs. Default true. */
  readonly keep?: boolean;
  /** Asks whenever a screen opens, however young the last answer is. */
  readonly fresh?: boolean;
  /** Milliseconds between two askings; absent = only when something invalidates it. */
  readonly every?: number;
}

/** The cache key of an environment's answer: `['e', environment, ...segments of the path, query]`. */
export function answerKey(environment: string, path: string, query: Query = {}): readonly unknown[] {
  return ['e', environment, ...path.split('/'), query];
}

/**
 * Reads `GET /api/e/:environment/<path>` of the environment that is open, cached by path and query. Answers about
 * people, accounts and live events refresh by themselves when events arrive.
 */
export function useAnswer<Answer>(path: string, query?: Query, options: AnswerOptions = {}): UseQueryResult<Answer, ApiProblem> {
  const environment = useEnvironment();
  return useQuery<Answer, ApiProblem>({
    queryKey: answerKey(environment.id, path, query),
    queryFn: ({ signal }) => request<Answer>(`/api/e/${environment.id}/${path}`, { query, signal }),
    enabled: options.enabled ?? true,
    ...(options.keep === false ? {} : { placeholderData: keepPreviousData }),
    refetchInterval: options.every ?? false,
    ...(options.fresh ? { staleTime: 0 } : {}),
  });
}
