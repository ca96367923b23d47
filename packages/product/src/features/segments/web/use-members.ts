import type { ApiProblem } from '@gangway/web/kit/api/api-problem.ts';
import { useEnvironment } from '@gangway/web/kit/api/environment.tsx';
import { request } from '@gangway/web/kit/api/request.ts';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Rule } from '../../../rules/rule.ts';
import type { MembersAnswer } from '../contract.ts';

/** Asks who matches a rule, half a second after it last changed. The last answer stays until the next. */
export function useMembers(rule: Rule, ready: boolean) {
  const { id } = useEnvironment();
  const asked = JSON.stringify(rule);
  const [settled] = useDebouncedValue(asked, 500);
  return useQuery<MembersAnswer, ApiProblem>({
    queryKey: ['e', id, 'segments', 'members', settled],
    queryFn: ({ signal }) =>
      request<MembersAnswer>(`/api/e/${id}/segments/members`, { method: 'POST', body: { rule: JSON.parse(settled) }, signal }),
    enabled: ready && settled === asked,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 30_000,
  });
}
