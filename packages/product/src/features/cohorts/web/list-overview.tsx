import type { DefinitionRow } from '@gangway/web/kit/api/answers.ts';
import type { Column } from '@gangway/web/kit/data-table/column.ts';
import { DataTable } from '@gangway/web/kit/data-table/data-table.tsx';
import { sortRows, useTableSort } from '@gangway/web/kit/data-table/use-table-sort.ts';
import { useDefinitions } from '@gangway/web/kit/definitions/use-definitions.ts';
import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { SearchField } from '@gangway/web/kit/filter-bar.tsx';
import { Go, useGo } from '@gangway/web/kit/go.tsx';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { countText } from '@gangway/web/kit/number-text.ts';
import { Page } from '@gangway/web/kit/page.tsx';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import { useUrlState } from '@gangway/web/kit/url-state.ts';
import { Button } from '@mantine/core';
import { NewListDialog } from './new-list-dialog.tsx';

/** Every list, and how many are on it. `?new=1` opens the dialog, so that the command palette can. */
export function ListOverview() {
  const lists = useDefinitions('cohorts');
  const [search] = useUrlState('search');
  const [creating, setCreating] = useUrlState('new');
  const sort = useTableSort('name.asc');
  const go = useGo();
  // One that was deleted stays on record, as a definition that is not live any more.
  const kept = (lists.data?.definitions ?? []).filter(({ live, version }) => live || version === null);
  const rows = kept.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
  const create = (
    <Button leftSection={<Icon name="plus" />} onClick={() => setCreating('1')}>
      New list
    </Button>
  );
  return (
    <Page
      title="Lists"
      purpose="People chosen by hand: whoever you put on a list stays on it until you take them off."
      actions={create}
      fill
    >
      <DataTable
        name="lists"
        unit={['list', 'lists']}
        columns={columns}
        rows={sortRows(rows, columns, sort)}
        rowKey={({ id }) => id}
        rowLabel={({ name }) => name}
        loading={lists.isPending}
        problem={lists.error}
        onRetry={() => void lists.refetch()}
        sort={sort}
        onOpen={({ id }) => go(`/lists/${encodeURIComponent(id)}`)}
        filters={<SearchField label="Search lists" />}
        empty={
          kept.length > 0 ? (
            <EmptyState picture="search" title="No list has this name">
              Change the search to see the others.
            </EmptyState>
          ) : (
            <EmptyState picture="list" title="No list yet" action={create}>
              A list holds people whom no fact tells apart: the guests of a beta, those you spoke with, a file from another tool. Guides,
              checklists, milestones and segments can ask who is on it.
            </EmptyState>
          )
        }
      />
      <NewListDialog opened={creating !== ''} onClose={() => setCreating('')} />
    </Page>
  );
}

const peopleOn = ({ numbers }: DefinitionRow) => numbers.on ?? 0;

const columns: readonly Column<DefinitionRow>[] = [
  {
    key: 'name',
    header: 'Name',
    grow: 3,
    sortable: true,
    value: ({ name }) => name,
    cell: ({ id, name }) => (
      <Go to={`/lists/${encodeURIComponent(id)}`} className="gw-link gw-cut">
        {name}
      </Go>
    ),
  },
  { key: 'people', header: 'People', sortable: true, numeric: true, value: peopleOn, cell: (row) => countText(peopleOn(row)) },
  {
    key: 'updated',
    header: 'Edited',
    sortable: true,
    from: 'tablet',
    value: ({ updatedAt }) => updatedAt,
    cell: ({ updatedAt }) => <RelativeTime at={updatedAt} />,
  },
];
