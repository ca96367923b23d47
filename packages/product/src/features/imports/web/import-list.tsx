import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import type { Column } from '@gangway/web/kit/data-table/column.ts';
import { DataTable } from '@gangway/web/kit/data-table/data-table.tsx';
import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { Go, useGo } from '@gangway/web/kit/go.tsx';
import { countText } from '@gangway/web/kit/number-text.ts';
import { Page } from '@gangway/web/kit/page.tsx';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import { StatusBadge } from '@gangway/web/kit/status-badge.tsx';
import type { ImportAnswer } from '../contract.ts';
import { kindWords, stateWords } from './import-words.ts';
import { NewImport } from './new-import.tsx';

const columns: readonly Column<ImportAnswer>[] = [
  { key: 'name', header: 'File', grow: 2, value: (row) => row.name, cell: (row) => row.name },
  { key: 'kind', header: 'Kind', from: 'tablet', value: (row) => kindWords[row.kind], cell: (row) => kindWords[row.kind] },
  {
    key: 'state',
    header: 'State',
    grow: 1.4,
    value: (row) => stateWords[row.state].word,
    cell: (row) => <StatusBadge tone={stateWords[row.state].tone}>{stateWords[row.state].word}</StatusBadge>,
  },
  { key: 'passed', header: 'Passed', numeric: true, value: (row) => row.passed, cell: (row) => countText(row.passed) },
  {
    key: 'rejected',
    header: 'Rejected',
    numeric: true,
    from: 'tablet',
    value: (row) => row.rejected,
    cell: (row) => countText(row.rejected),
  },
  {
    key: 'createdAt',
    header: 'When',
    from: 'tablet',
    value: (row) => new Date(row.createdAt).toISOString(),
    cell: (row) => <RelativeTime at={row.createdAt} />,
  },
];

/** Files that were brought in, and a new one. */
export function ImportList() {
  const go = useGo();
  const list = useAnswer<{ imports: readonly ImportAnswer[] }>('imports', undefined, { every: 5_000 });
  return (
    <Page title="Import" purpose="People, accounts and past events from a file." back={<Go to="/settings">Settings</Go>}>
      <NewImport />
      <DataTable
        name="imports"
        unit={['import', 'imports']}
        columns={columns}
        rows={list.data?.imports ?? []}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.name}
        loading={list.isPending}
        problem={list.data ? null : list.error}
        onRetry={() => void list.refetch()}
        onOpen={(row) => go(`/settings/import/${row.id}`)}
        empty={
          <EmptyState picture="person" title="Nothing imported yet">
            What you know of your customers already need not wait for their next visit: bring it in from a file.
          </EmptyState>
        }
      />
    </Page>
  );
}
