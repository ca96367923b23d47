import type { ApiProblem } from '@gangway/web/kit/api/api-problem.ts';
import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { Go } from '@gangway/web/kit/go.tsx';
import { personLabel } from '@gangway/web/kit/person-label.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { SidePanel } from '@gangway/web/kit/side-panel.tsx';
import { Skeleton, Stack } from '@mantine/core';
import type { PersonAnswer } from '../contract.ts';
import { PersonFacts } from './person-facts.tsx';

/** A person beside the list they were found in. */
export function PersonPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const path = `people/${encodeURIComponent(id)}`;
  const person = useAnswer<PersonAnswer>(path);
  return (
    <SidePanel
      title={person.data ? personLabel(person.data) : 'Person'}
      onClose={onClose}
      actions={
        <>
          <Go to={`/${path}?tab=why`} className="gw-panel-link">
            Why (not) seen
          </Go>
          <Go to={`/${path}`} className="gw-panel-link">
            Open page
          </Go>
        </>
      }
    >
      {person.data ? <PersonFacts person={person.data} /> : <PanelState problem={person.error} onRetry={() => void person.refetch()} />}
    </SidePanel>
  );
}

function PanelState({ problem, onRetry }: { problem: ApiProblem | null; onRetry: () => void }) {
  if (problem) return <ProblemNotice error={problem} onRetry={onRetry} />;
  return (
    <Stack gap="sm" aria-busy>
      <Skeleton height={14} width="40%" />
      <Skeleton height={12} width="80%" />
      <Skeleton height={12} width="65%" />
      <Skeleton height={12} width="72%" />
    </Stack>
  );
}
