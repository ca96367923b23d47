import type { FunnelAnswer } from '@gangway/web/kit/api/answers.ts';
import type { ApiProblem } from '@gangway/web/kit/api/api-problem.ts';
import { useEnvironment } from '@gangway/web/kit/api/environment.tsx';
import { request } from '@gangway/web/kit/api/request.ts';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Funnel } from '../funnel.ts';
import { rangeOf } from './ranges.ts';

type Asked = Pick<Funnel, 'steps' | 'within'>;

/** The people behind a bar: those who came at least this far. `people` may be the first of `total`. */
export interface FunnelPeople {
  readonly people: readonly { readonly id: string; readonly label: string }[];
  readonly total: number;
}

/**
 * Counts a funnel over a range that ends now, half a second after it was last edited. Asks again when events
 * arrive, gathered by the stream, and keeps the last answer on screen meanwhile.
 */
export function useFunnel(funnel: Asked, range: string, ready: boolean) {
  const { id } = useEnvironment();
  const asked = JSON.stringify({ steps: funnel.steps, within: funnel.within });
  const [settled] = useDebouncedValue(asked, 500);
  return useQuery<FunnelAnswer, ApiProblem>({
    queryKey: ['e', id, 'reports', 'funnel', range, settled],
    queryFn: ({ signal }) =>
      request<FunnelAnswer>(`/api/e/${id}/reports/funnel`, {
        method: 'POST',
        body: { ...(JSON.parse(settled) as Asked), ...rangeOf(range, Date.now()) },
        signal,
      }),
    enabled: ready && settled === asked,
    placeholderData: keepPreviousData,
  });
}

/** Whom the bar of a step counts; steps count from 0. */
export function useFunnelPeople(funnel: Asked, range: string, step: number) {
  const { id } = useEnvironment();
  const asked: Asked = { steps: funnel.steps, within: funnel.within };
  return useQuery<FunnelPeople, ApiProblem>({
    queryKey: ['e', id, 'reports', 'funnel-people', range, JSON.stringify(asked), step],
    queryFn: ({ signal }) =>
      request<FunnelPeople>(`/api/e/${id}/reports/funnel/people`, {
        method: 'POST',
        body: { ...asked, ...rangeOf(range, Date.now()), cell: { step, went: 'reached' }, limit: 500 },
        signal,
      }),
  });
}
