import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { Go } from '@gangway/web/kit/go.tsx';
import { countText, plural } from '@gangway/web/kit/number-text.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { SidePanel } from '@gangway/web/kit/side-panel.tsx';
import { Skeleton, Stack } from '@mantine/core';
import type { Funnel } from '../funnel.ts';
import { useFunnelPeople } from './use-funnel.ts';

interface FunnelPeopleProps {
  readonly funnel: Pick<Funnel, 'steps' | 'within'>;
  readonly range: string;
  /** From 0. */
  readonly step: number;
  readonly label: string;
  readonly onClose: () => void;
}

/** The rows behind a bar: everybody whom it counts. */
export function FunnelPeoplePanel({ funnel, range, step, label, onClose }: FunnelPeopleProps) {
  const answer = useFunnelPeople(funnel, range, step);
  const last = step === funnel.steps.length - 1;
  return (
    <SidePanel title={`${step + 1} ${label}`} onClose={onClose}>
      <p className="gw-quiet">{last ? 'Everybody who completed the funnel.' : 'Everybody who came this far, or further.'}</p>
      <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      {answer.isPending && (
        <Stack gap={8} aria-busy="true">
          <Skeleton h={20} />
          <Skeleton h={20} />
          <Skeleton h={20} />
        </Stack>
      )}
      {answer.data?.total === 0 && (
        <EmptyState picture="person" title="Nobody stands here">
          Nobody came this far in this range.
        </EmptyState>
      )}
      {answer.data && answer.data.total > 0 && (
        <>
          <p className="gw-number">{plural(answer.data.total, 'person', 'people')}</p>
          <ul className="gw-funnel-people">
            {answer.data.people.map((person) => (
              <li key={person.id}>
                <Go to={`/people/${encodeURIComponent(person.id)}`}>{person.label}</Go>
              </li>
            ))}
          </ul>
          {answer.data.people.length < answer.data.total && (
            <p className="gw-quiet gw-number">The first {countText(answer.data.people.length)} are listed.</p>
          )}
        </>
      )}
    </SidePanel>
  );
}
