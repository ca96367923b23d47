import type { DefinitionAnswer, DefinitionRow, FunnelAnswer } from '@gangway/web/kit/api/answers.ts';
import type { ApiProblem } from '@gangway/web/kit/api/api-problem.ts';
import { useEnvironment } from '@gangway/web/kit/api/environment.tsx';
import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { FunnelBars } from '@gangway/web/kit/funnel-bars.tsx';
import { Go, useGo } from '@gangway/web/kit/go.tsx';
import { plural } from '@gangway/web/kit/number-text.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { Section } from '@gangway/web/kit/section.tsx';
import { durationText } from '@gangway/web/kit/time-text.ts';
import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { usePeriod } from './use-period.ts';

interface FunnelBody {
  readonly steps: readonly unknown[];
  readonly within: number;
}

/** The most recent funnel of the last 30 days. */
export function FunnelCard() {
  const list = useAnswer<{ definitions: readonly DefinitionRow[] }>('definitions/reports');
  const kinds = useAnswer<{ kinds: Readonly<Record<string, string>> }>('reports/kinds', undefined, { fresh: true });
  const funnels = (list.data?.definitions ?? []).filter(({ id }) => kinds.data?.kinds[id] === 'funnel');
  const funnel = funnels.sort((a, b) => Number(b.live) - Number(a.live) || b.updatedAt - a.updatedAt)[0];
  return (
    <div className="gw-card">
      <Section title={funnel?.name ?? 'Funnel'} end={funnel && <Go to={`/reports/${encodeURIComponent(funnel.id)}`}>Open funnel</Go>}>
        <ProblemNotice error={list.error ?? kinds.error} onRetry={() => void (list.error ? list.refetch() : kinds.refetch())} />
        {(list.isPending || kinds.isPending) && <FunnelSkeleton />}
        {list.data && kinds.data && !funnel && (
          <p className="gw-home-none">
            No funnel yet. A funnel shows how many get from one step to the next, and where they stop:{' '}
            <Go to="/reports?new=funnel" className="gw-inline-link">
              make a funnel
            </Go>
            .
          </p>
        )}
        {funnel && <FunnelOf id={funnel.id} />}
      </Section>
    </div>
  );
}

function FunnelOf({ id }: { id: string }) {
  const go = useGo();
  const definition = useAnswer<DefinitionAnswer>(`definitions/reports/${encodeURIComponent(id)}`);
  const body = (definition.data?.published ?? definition.data?.draft) as FunnelBody | undefined;
  const funnel = useFunnel(body);
  const error = definition.error ?? funnel.error;
  if (error) return <ProblemNotice error={error} onRetry={() => void (definition.error ? definition.refetch() : funnel.refetch())} />;
  if (!funnel.data || !body) return <FunnelSkeleton />;
  const { steps, n, medianTime } = funnel.data;
  return (
    <>
      <FunnelBars
        steps={steps}
        onStep={(step) => go(`/reports/${encodeURIComponent(id)}?cell=${encodeURIComponent(JSON.stringify({ step, went: 'reached' }))}`)}
      />
      <p className="gw-home-none">
        Last 30 days, {plural(n, 'person', 'people')}, within {durationText(body.within)}.
        {medianTime !== null && ` Median time to the end: ${durationText(medianTime)}.`}
      </p>
    </>
  );
}

function useFunnel(body: FunnelBody | undefined) {
  const environment = useEnvironment().id;
  const api = useApi();
  const period = usePeriod(30);
  const ask = body && { steps: body.steps, within: body.within, ...period };
  return useQuery<FunnelAnswer, ApiProblem>({
    queryKey: ['e', environment, 'reports', 'funnel', ask],
    queryFn: () => api.post<FunnelAnswer>('reports/funnel', ask),
    enabled: ask !== undefined,
  });
}

function FunnelSkeleton() {
  return (
    <Stack gap="sm" aria-busy>
      <Skeleton height={14} />
      <Skeleton height={14} width="72%" />
      <Skeleton height={14} width="48%" />
    </Stack>
  );
}
