import type { ActivationAnswer } from '@gangway/web/kit/api/answers.ts';
import type { ApiProblem } from '@gangway/web/kit/api/api-problem.ts';
import { useEnvironment, useTimeZone } from '@gangway/web/kit/api/environment.tsx';
import { request } from '@gangway/web/kit/api/request.ts';
import { Figure } from '@gangway/web/kit/figure.tsx';
import { Go } from '@gangway/web/kit/go.tsx';
import { countText, shareText } from '@gangway/web/kit/number-text.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { useUrlState } from '@gangway/web/kit/url-state.ts';
import { Select, Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { RangeField, useRange } from './range-field.tsx';
import { rangeOf } from './ranges.ts';
import './reports.css';

const dayMs = 86_400_000;
const windows = [
  { value: '7', label: 'within 7 days' },
  { value: '14', label: 'within 14 days' },
  { value: '30', label: 'within 30 days' },
];

/** The activation rate of the people who came in the range: who reached the activation milestone in time. */
export function Activation() {
  const { id } = useEnvironment();
  const zone = useTimeZone() ?? 'UTC';
  const [range, setRange] = useRange();
  const [window, setWindow] = useUrlState('within', '7');
  const days = windows.some((option) => option.value === window) ? Number(window) : 7;
  const answer = useQuery<ActivationAnswer, ApiProblem>({
    queryKey: ['e', id, 'reports', 'activation', range, zone, days],
    queryFn: ({ signal }) =>
      request<ActivationAnswer>(`/api/e/${id}/reports/activation`, {
        query: { ...rangeOf(range, { now: Date.now(), zone }), within: days * dayMs },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  return (
    <section className="gw-activation" aria-label="Activation" aria-busy={answer.isFetching}>
      <header>
        <h2>Activation of people who came in the</h2>
        <RangeField value={range} onChange={setRange} />
        <Select
          aria-label="Time allowed"
          size="xs"
          w={140}
          allowDeselect={false}
          data={windows}
          value={String(days)}
          onChange={(value) => setWindow(value ?? '7')}
        />
      </header>
      <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      {answer.isPending && <Skeleton h={56} w={220} aria-busy="true" />}
      {answer.data && <ActivationFigure answer={answer.data} days={days} />}
    </section>
  );
}

function ActivationFigure({ answer, days }: { answer: ActivationAnswer; days: number }) {
  const { milestone, rate, activated, matured, open, asOf, formula } = answer;
  if (!milestone) {
    return (
      <p className="gw-activation-none">
        No milestone stands for activation yet.{' '}
        <Go to="/milestones" className="gw-inline-link">
          Choose or make one
        </Go>
        , and the rate appears here.
      </p>
    );
  }
  return (
    <Figure
      label={milestone.name}
      value={shareText(rate)}
      formula={formula}
      n={matured}
      asOf={asOf}
      rows={`/milestones/${milestone.id}`}
      note={
        rate === null
          ? `Nobody’s ${days} days have passed yet; ${countText(open)} still open`
          : `${countText(activated)} of ${countText(matured)} people, ${countText(open)} still within their ${days} days`
      }
    />
  );
}
