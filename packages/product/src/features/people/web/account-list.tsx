import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { usePages } from '@gangway/web/kit/api/use-pages.ts';
import type { Column } from '@gangway/web/kit/data-table/column.ts';
import { DataTable } from '@gangway/web/kit/data-table/data-table.tsx';
import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { SearchField } from '@gangway/web/kit/filter-bar.tsx';
import { Go, useGo } from '@gangway/web/kit/go.tsx';
import { countText } from '@gangway/web/kit/number-text.ts';
import { Page } from '@gangway/web/kit/page.tsx';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import { useUrlState } from '@gangway/web/kit/url-state.ts';
import { Button } from '@mantine/core';
import type { AccountRow } from '../contract.ts';

interface AccountsAnswer {
  readonly accounts: readonly AccountRow[];
  readonly total: number;
}

const columns: readonly Column<AccountRow>[] = [
  {
    key: 'name',
    header: 'Account',
    grow: 3,
    value: (account) => account.name ?? account.id,
    cell: (account) => <Go to={`/accounts/${encodeURIComponent(account.id)}`}>{account.name ?? account.id}</Go>,
  },
  {
    key: 'id',
    header: 'Id',
    grow: 2,
    from: 'tablet',
    value: (account) => account.id,
    cell: (account) => <span className="gw-mono">{account.id}</span>,
  },
  { key: 'people', header: 'People', numeric: true, value: (account) => account.people, cell: (account) => countText(account.people) },
  {
    key: 'firstSeen',
    header: 'First seen',
    grow: 1.5,
    from: 'tablet',
    value: (account) => new Date(account.firstSeen).toISOString(),
    cell: (account) => <RelativeTime at={account.firstSeen} />,
  },
  {
    key: 'lastSeen',
    header: 'Last seen',
    grow: 1.5,
    value: (account) => new Date(account.lastSeen).toISOString(),
    cell: (account) => <RelativeTime at={account.lastSeen} />,
  },
];

/** Every customer organisation that events have named. */
export function AccountList() {
  const [search, setSearch] = useUrlState('search');
  const go = useGo();
  const list = usePages<AccountsAnswer, AccountRow>('accounts', { search }, (answer) => ({ rows: answer.accounts, total: answer.total }));
  const allRows = useAllAccounts(search);
  return (
    <Page fill title="Accounts" purpose="The organisations your people belong to.">
      <DataTable
        {...list}
        name="accounts"
        unit={['account', 'accounts']}
        columns={columns}
        rowKey={(account) => account.id}
        rowLabel={(account) => account.name ?? account.id}
        onOpen={(account) => go(`/accounts/${encodeURIComponent(account.id)}`)}
        allRows={allRows}
        views
        filters={<SearchField label="Search by name or id" />}
        empty={<NoAccounts search={search} onClear={() => setSearch('')} />}
      />
    </Page>
  );
}

function useAllAccounts(search: string): () => Promise<readonly AccountRow[]> {
  const api = useApi();
  return async () => {
    const rows: AccountRow[] = [];
    for (;;) {
      const answer = await api.get<AccountsAnswer>('accounts', { search, offset: rows.length, limit: 200 });
      rows.push(...answer.accounts);
      if (answer.accounts.length === 0 || rows.length >= answer.total) return rows;
    }
  };
}

function NoAccounts({ search, onClear }: { search: string; onClear: () => void }) {
  if (search === '') {
    return (
      <EmptyState
        picture="account"
        title="No accounts yet"
        action={
          <Go to="/settings?tab=install" className="gw-inline-link">
            How to send a group call
          </Go>
        }
      >
        An account appears when a group call names it. Plans, portals and account milestones belong to accounts.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      picture="search"
      title="No account found"
      action={
        <Button variant="default" onClick={onClear}>
          Clear search
        </Button>
      }
    >
      No account’s name or id holds “{search}”.
    </EmptyState>
  );
}
