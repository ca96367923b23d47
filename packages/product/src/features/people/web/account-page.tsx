import type { PlanSummary } from '@gangway/web/kit/api/answers.ts';
import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { CopyId } from '@gangway/web/kit/copy-id.tsx';
import { DataTable } from '@gangway/web/kit/data-table/data-table.tsx';
import { sortRows, useTableSort } from '@gangway/web/kit/data-table/use-table-sort.ts';
import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { FactsList } from '@gangway/web/kit/facts-list.tsx';
import { Go, useParam } from '@gangway/web/kit/go.tsx';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { countText } from '@gangway/web/kit/number-text.ts';
import { Page } from '@gangway/web/kit/page.tsx';
import { personLabel } from '@gangway/web/kit/person-label.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import { Section } from '@gangway/web/kit/section.tsx';
import { useUrlState } from '@gangway/web/kit/url-state.ts';
import type { AccountAnswer, PersonRow } from '../contract.ts';
import './people.css';
import { peopleColumns } from './people-columns.tsx';
import { PersonPanel } from './person-panel.tsx';
import { Traits } from './traits.tsx';

const memberColumns = peopleColumns
  .filter((column) => column.key !== 'accounts')
  .map((column) => (column.key === 'milestones' ? { ...column, sortable: true } : column));

/** One customer organisation: its people, its plans, its traits. */
export function AccountPage() {
  const id = useParam('id');
  const account = useAnswer<AccountAnswer>(`accounts/${encodeURIComponent(id)}`, {}, { keep: false });
  const { data } = account;
  return (
    <Page title={data?.name ?? id} back={<Go to="/accounts">Accounts</Go>} purpose={<CopyId id={id} label="account id" />}>
      <ProblemNotice error={account.error} onRetry={() => void account.refetch()} />
      <div className="gw-with-side">
        {account.error ? <div /> : <Members members={data?.members} />}
        <aside className="gw-side" aria-label="About this account">
          {data && <AccountFacts account={data} />}
          <PlansOf account={id} />
        </aside>
      </div>
    </Page>
  );
}

function Members({ members }: { members: readonly PersonRow[] | undefined }) {
  const sort = useTableSort('lastSeen.desc');
  const [open, setOpen] = useUrlState('open');
  return (
    <>
      <DataTable
        name="people of the account"
        unit={['person', 'people']}
        columns={memberColumns}
        rows={sortRows(members ?? [], memberColumns, sort)}
        rowKey={(person) => person.id}
        rowLabel={personLabel}
        loading={members === undefined}
        sort={sort}
        onOpen={(person) => setOpen(person.id)}
        openKey={open}
        empty={
          <EmptyState picture="person" title="Nobody in this account">
            A group call with a user id puts that person into it.
          </EmptyState>
        }
      />
      {open !== '' && <PersonPanel key={open} id={open} onClose={() => setOpen('')} />}
    </>
  );
}

function AccountFacts({ account }: { account: AccountAnswer }) {
  return (
    <>
      <Section title="About">
        <FactsList
          facts={[
            [
              'People',
              <span key="people" className="gw-number">
                {countText(account.people)}
              </span>,
            ],
            ['First seen', <RelativeTime key="first" at={account.firstSeen} />],
            ['Last seen', <RelativeTime key="last" at={account.lastSeen} />],
          ]}
        />
      </Section>
      <Section title="Traits">
        <Traits traits={account.traits} none="None. A group call with traits sets them." />
      </Section>
    </>
  );
}

function PlansOf({ account }: { account: string }) {
  const plans = useAnswer<{ plans: readonly PlanSummary[] }>('plans');
  const own = plans.data?.plans.filter((plan) => plan.account.id === account);
  if (!own) return null;
  return (
    <Section title="Plans" end={<Go to="/plans">All plans</Go>}>
      {own.length === 0 && <p className="gw-people-none">No plan runs for this account.</p>}
      <ul className="gw-plain-list">
        {own.map((plan) => (
          <li key={plan.id}>
            <Icon name="plan" />
            <Go to={`/plans/${encodeURIComponent(plan.id)}`}>{plan.name}</Go>
            <span className="gw-plain-list-end gw-number">
              {plan.done} of {plan.total}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
