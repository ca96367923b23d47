import { useTimeZone } from '@gangway/web/kit/api/environment.tsx';
import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { Go, useParam } from '@gangway/web/kit/go.tsx';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { plural } from '@gangway/web/kit/number-text.ts';
import { Page } from '@gangway/web/kit/page.tsx';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { StatusBadge } from '@gangway/web/kit/status-badge.tsx';
import { useUrlState } from '@gangway/web/kit/url-state.ts';
import { Button, Skeleton, Stack } from '@mantine/core';
import type { PlanAnswer } from '../contract.ts';
import { dayAt, dayText } from './day-text.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { PlanPhases } from './plan-phases.tsx';
import './plans.css';
import { ProgressLine } from './progress-line.tsx';

const back = <Go to="/plans">Plans</Go>;

/** One plan: where it stands and every task, moving as facts arrive. */
export function PlanPage() {
  const id = useParam('id');
  const plan = useAnswer<PlanAnswer>(`plans/${id}`, undefined, { keep: false });
  if (plan.data) return <LoadedPlan plan={plan.data} stale={plan.error} />;
  if (plan.error?.status === 404) {
    return (
      <Page title="Not found" back={back}>
        <EmptyState picture="search" title="There is no plan here">
          It may belong to another environment, or the address was cut.
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page title="Plan" back={back}>
      {plan.error ? (
        <ProblemNotice error={plan.error} onRetry={() => void plan.refetch()} />
      ) : (
        <Stack gap="md" aria-busy="true">
          <Skeleton h={48} />
          <Skeleton h={160} />
          <Skeleton h={160} />
        </Stack>
      )}
    </Page>
  );
}

function LoadedPlan({ plan, stale }: { plan: PlanAnswer; stale: unknown }) {
  const [panel, setPanel] = useUrlState('panel');
  const year = Number(dayAt(Date.now(), useTimeZone()).slice(0, 4));
  return (
    <Page
      title={plan.name}
      back={back}
      purpose={
        <span className="gw-plan-facts">
          <Go to={`/accounts/${encodeURIComponent(plan.account.id)}`} className="gw-inline-link">
            {plan.account.name ?? plan.account.id}
          </Go>
          <span>started {dayText(plan.start, year)}</span>
          <span>
            from{' '}
            <Go to={`/playbooks/${plan.playbook.id}`} className="gw-inline-link">
              {plan.playbook.name}
            </Go>
            , version {plan.playbook.version}
          </span>
        </span>
      }
      actions={
        <Button leftSection={<Icon name="mail" />} onClick={() => setPanel('invite')}>
          Invite to portal
        </Button>
      }
    >
      <ProblemNotice error={stale} />
      <PlanSummaryLine plan={plan} />
      <PlanPhases plan={plan} />
      <InviteDialog plan={plan} opened={panel === 'invite'} onClose={() => setPanel('')} />
    </Page>
  );
}

function PlanSummaryLine({ plan }: { plan: PlanAnswer }) {
  return (
    <div className="gw-plan-summary" aria-live="polite">
      <ProgressLine done={plan.done} total={plan.total} label="Progress of the plan" />
      {plan.completedAt !== null && <StatusBadge tone="good">Complete</StatusBadge>}
      {plan.late > 0 && (
        <StatusBadge tone="attention" icon="clock">
          {plural(plan.late, 'task late', 'tasks late')}
        </StatusBadge>
      )}
      {plan.nextTask !== null && (
        <span>
          <span className="gw-quiet">Next:</span> {plan.nextTask}
        </span>
      )}
    </div>
  );
}
