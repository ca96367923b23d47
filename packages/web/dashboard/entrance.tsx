import { useQuery } from '@tanstack/react-query';
import { request } from '../kit/api/request.ts';
import { EmptyState } from '../kit/empty-state.tsx';
import { ProblemNotice } from '../kit/problem-notice.tsx';
import { useSessionQuery } from '../kit/use-session-query.ts';
import { chooseEnvironment } from './last-environment.ts';
import { Redirect } from './redirect.tsx';

/** `/`: leads to the sign-in page or into an environment. */
export function Entrance() {
  const session = useSessionQuery();
  const production = session.data?.environments.find((environment) => environment.kind === 'production');
  const people = useQuery({
    queryKey: ['entrance', production?.id],
    queryFn: () => request<{ total: number }>(`/api/e/${production?.id}/people`, { query: { limit: 1 } }),
    enabled: production !== undefined,
    retry: false,
  });
  if (session.error?.status === 401) return <Redirect to="/sign-in" />;
  if (session.error) return <ProblemNotice error={session.error} onRetry={() => void session.refetch()} />;
  if (!session.data || (production && people.isPending)) return null;
  const environment = chooseEnvironment(session.data.environments, (people.data?.total ?? 0) === 0);
  if (environment) return <Redirect to={`/e/${environment.id}`} />;
  return (
    <EmptyState picture="account" title="This workspace has no environment">
      Start the server again: it makes production and demo when they are missing.
    </EmptyState>
  );
}
