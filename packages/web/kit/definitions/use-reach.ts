import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ApiProblem } from '../api/api-problem.ts';
import { useEnvironment } from '../api/environment.tsx';
import { request } from '../api/request.ts';
import type { DefinitionSlice } from './use-definitions.ts';

/** How many known people a draft's audience or rule matches now, page conditions left aside. */
export interface Reach {
  readonly people: number;
  readonly total: number;
}

/**
 * Asks for the reach of a draft half a second after it last changed. The last answer stays until the next.
 * @param rule the part of the body that decides, so that a change of a title asks nothing
 */
export function useReach(place: { slice: DefinitionSlice; id: string }, body: unknown, rule: unknown, ready: boolean) {
  const { id } = useEnvironment();
  const asked = JSON.stringify(rule);
  const [settled] = useDebouncedValue(asked, 500);
  return useQuery<Reach, ApiProblem>({
    queryKey: ['e', id, 'reach', place.slice, place.id, settled],
    queryFn: ({ signal }) =>
      request<Reach>(`/api/e/${id}/definitions/${place.slice}/${place.id}/reach`, { method: 'POST', body: { body }, signal }),
    enabled: ready && settled === asked,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 30_000,
  });
}
