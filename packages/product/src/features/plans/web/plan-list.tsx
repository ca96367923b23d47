import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import type { Column } from '@gangway/web/kit/data-table/column.ts';
import { DataTable } from '@gangway/web/kit/data-table/data-table.tsx';
import { sortRows, useTableSort } from '@gangway/web/kit/data-table/use-table-sort.ts';
import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { SearchField } from '@gangway/web/kit/filter-bar.tsx';
import { Go, useGo } from '@gangway/web/kit/go.tsx';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { plural } from '@gangway/web/kit/number-text.ts';
import { Page } from '@gangway/web/kit/page.tsx';
import { StatusBadge } from '@gangway/web/kit/status-badge.tsx';
import { useUrlState } from '@gangway/web/kit/url-state.ts';
import { Button, Select } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PlanSummary } from '../contract.ts';
import { dayText } from './day-text.ts';
import { ProgressLine } from './progress-line.tsx';
import { StartPlanDialog } from './start-plan-dialog.tsx';

/**
 * Every plan: whose it is, how far it is, what is late and what comes next. `?new=1` opens the dialog, with
 * `&account=` for a certain account.
 */
export function PlanList() {
  const plans = useAnswer<{ plans: PlanSummary[] }>('plans');
  const [starting, setStarting] = useUrlState('new');
  const [account, setAccount] = useUrlState('account');
  const [search] = useUrlState('search');
  const [state, setState] = useUrlState('state', 'any');
  const sort = useTableSort('late.desc');
  const go = useGo();
  const all = plans.data?.plans ?? [];
  const wanted = search.toLowerCase();
  const rows = all.filter(
    (plan) => matches(plan, state) && `${plan.name} ${plan.account.name ?? ''} ${plan.account.id}`.toLowerCase().includes(wanted),
  );
  const start = (
    <Button leftSection={<Icon name="plus" />} onClick={() => setStarting('1')}>
      Start a plan
    </Button>
  );
  return (
    <Page title="Plans" purpose="What each customer still has to do, and what facts have closed already." actions={start} fill>
      <DataTable
        name="plans"
        unit={['plan', 'plans']}
        columns={columns}
        rows={sortRows(rows, columns, sort)}
        rowKey={(plan) => plan.id}
        rowLabel={(plan) => `${plan.account.name ?? plan.account.id}: ${plan.name}`}
        loading={plans.isPending}
        problem={plans.error}
        onRetry={() => void plans.refetch()}
        sort={sort}
        onOpen={(plan) => go(`/plans/${plan.id}`)}
        filters={
          <>
            <SearchField label="Search plans" />
            <Select
              aria-label="State"
              w={140}
              allowDeselect={false}
              data={states}
              value={state}
              onChange={(value) => setState(value ?? 'any')}
            />
          </>
        }
        empty={<NoPlans filtered={all.length > 0} start={start} />}
      />
      <StartPlanDialog
        account={account}
        opened={starting !== ''}
        onClose={() => {
          setStarting('');
          setAccount('');
        }}
      />
    </Page>
  );
}

function NoPlans({ filtered, start }: { filtered: boolean; start: ReactNode }) {
  if (filtered) {
    return (
      <EmptyState picture="search" title="Nothing matches these filters">
        Change the search or the state to see the others.
      </EmptyState>
    );
  }
  return (
    <EmptyState picture="plan" title="No plan yet" action={start}>
      A plan is one customer’s copy of a playbook: tasks with owners and due days, shared in a portal, closed by facts from your product.
    </EmptyState>
  );
}

const states = [
  { value: 'any', label: 'Any state' },
  { value: 'late', label: 'Late' },
  { value: 'running', label: 'Running' },
  { value: 'complete', label: 'Complete' },
];

function matches(plan: PlanSummary, state: string): boolean {
  if (state === 'late') return plan.late > 0;
  if (state === 'running') return plan.completedAt === null;
  return state === 'complete' ? plan.completedAt !== null : true;
}

const thisYear = () => new Date().getFullYear();

const columns: readonly Column<PlanSummary>[] = [
  {
    key: 'account',
    header: 'Account',
    grow: 2,
    sortable: true,
    value: (plan) => plan.account.name ?? plan.account.id,
    cell: (plan) => (
      <Go to={`/plans/${plan.id}`} className="gw-link gw-cut">
        {plan.account.name ?? plan.account.id}
      </Go>
    ),
  },
  {
    key: 'name',
    header: 'Plan',
    grow: 2,
    sortable: true,
    from: 'desktop',
    value: (plan) => plan.name,
    cell: (plan) => <span className="gw-cut">{plan.name}</span>,
  },
  {
    key: 'progress',
    header: 'Progress',
    grow: 2,
    sortable: true,
    value: (plan) => (plan.total === 0 ? 0 : plan.done / plan.total),
    cell: (plan) => <ProgressLine done={plan.done} total={plan.total} label={`Progress of ${plan.name}`} />,
  },
  {
    key: 'late',
    header: 'Late',
    grow: 2,
    sortable: true,
    value: (plan) => plan.late,
    cell: (plan) => {
      if (plan.completedAt !== null) return <StatusBadge tone="good">Complete</StatusBadge>;
      return plan.late > 0 ? (
        <StatusBadge tone="attention">{plural(plan.late, 'late', 'late')}</StatusBadge>
      ) : (
        <span className="gw-quiet">None</span>
      );
    },
  },
  {
    key: 'next',
    header: 'Next task',
    grow: 2,
    from: 'tablet',
    value: (plan) => plan.nextTask,
    cell: (plan) => <span className={plan.nextTask === null ? 'gw-quiet' : 'gw-cut'}>{plan.nextTask ?? '–'}</span>,
  },
  {
    key: 'start',
    header: 'Started',
    sortable: true,
    numeric: true,
    from: 'desktop',
    value: (plan) => plan.start,
    cell: (plan) => dayText(plan.start, thisYear()),
  },
];
