import { Button, Select } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DefinitionRow } from '../api/answers.ts';
import type { Column } from '../data-table/column.ts';
import { DataTable } from '../data-table/data-table.tsx';
import { sortRows, useTableSort } from '../data-table/use-table-sort.ts';
import { EmptyState } from '../empty-state.tsx';
import { SearchField } from '../filter-bar.tsx';
import { Go, useGo } from '../go.tsx';
import { Icon } from '../icon.tsx';
import { countText } from '../number-text.ts';
import { Page } from '../page.tsx';
import { RelativeTime } from '../relative-time.tsx';
import { StatusBadge } from '../status-badge.tsx';
import { useUrlState } from '../url-state.ts';
import { BulkStop } from './bulk-stop.tsx';
import { countStates } from './count-states.ts';
import { DefinitionBadges, stateWord } from './definition-badges.tsx';
import type { DefinitionWords } from './definition-words.ts';
import './definitions.css';
import { NewDefinitionDialog } from './new-definition-dialog.tsx';
import { useDefinitions } from './use-definitions.ts';
import { useLocalOnly } from './use-local-only.ts';

export interface DefinitionListProps {
  readonly words: DefinitionWords;
  /** The line under the title. */
  readonly purpose: string;
  /** What the empty list says it is for. */
  readonly whatFor: string;
  readonly starter: (name: string) => unknown;
  /** Stands over the list. */
  readonly above?: ReactNode;
  /** What a slice with several kinds of definitions adds. */
  readonly more?: {
    readonly columns: readonly Column<DefinitionRow>[];
    readonly filters: ReactNode;
    readonly keep: (row: DefinitionRow) => boolean;
    /** Stands over the name of a new one. */
    readonly choice: ReactNode;
  };
}

/** The list of a slice's definitions. `?new=1` opens the dialog, so that the command palette can. */
export function DefinitionList(props: DefinitionListProps) {
  const { words } = props;
  const definitions = useDefinitions(words.slice);
  const [creating, setCreating] = useUrlState('new');
  const [search] = useUrlState('search');
  const [state, setState] = useUrlState('state', 'any');
  const sort = useTableSort('updated.desc');
  const go = useGo();
  const saved = definitions.data?.definitions ?? [];
  const local = useLocalOnly(words.slice, saved);
  const [name, ...others] = columnsOf(words, new Set(local.map((row) => row.id)));
  const columns = [...(name ? [name] : []), ...(props.more?.columns ?? []), ...others];
  const all = definitions.data ? [...local, ...saved] : [];
  const rows = all.filter(
    (row) =>
      row.name.toLowerCase().includes(search.toLowerCase()) &&
      (state === 'any' || stateWord(row) === state) &&
      (props.more?.keep(row) ?? true),
  );
  const create = (
    <Button leftSection={<Icon name="plus" />} onClick={() => setCreating('1')}>
      {`New ${words.noun}`}
    </Button>
  );
  return (
    <Page title={words.plural} purpose={props.purpose} actions={create} fill>
      {props.above}
      <DataTable
        name={words.plural.toLowerCase()}
        unit={[words.noun, `${words.noun}s`]}
        columns={columns}
        rows={sortRows(rows, columns, sort)}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.name}
        loading={definitions.isPending}
        problem={definitions.error}
        onRetry={() => void definitions.refetch()}
        sort={sort}
        onOpen={(row) => go(`${words.path}/${row.id}`)}
        bulk={(chosen, clear) => <BulkStop words={words} rows={chosen} clear={clear} />}
        filters={
          <>
            <SearchField label={`Search ${words.noun}s`} />
            <Select
              aria-label="State"
              w={130}
              allowDeselect={false}
              data={[{ value: 'any', label: 'Any state' }, 'Live', 'Draft', 'Stopped']}
              value={state}
              onChange={(value) => setState(value ?? 'any')}
            />
            {props.more?.filters}
          </>
        }
        empty={<NothingListed {...props} filtered={all.length > 0} create={create} />}
      />
      <NewDefinitionDialog
        words={words}
        starter={props.starter}
        choice={props.more?.choice}
        opened={creating !== ''}
        onClose={() => setCreating('')}
      />
    </Page>
  );
}

function NothingListed({ words, whatFor, filtered, create }: DefinitionListProps & { filtered: boolean; create: ReactNode }) {
  if (filtered) {
    return (
      <EmptyState picture="search" title="Nothing matches these filters">
        Change the search or the state to see the others.
      </EmptyState>
    );
  }
  return (
    <EmptyState picture={words.picture} title={`No ${words.noun} yet`} action={create}>
      {whatFor}
    </EmptyState>
  );
}

function columnsOf(words: DefinitionWords, onlyHere: ReadonlySet<string>): Column<DefinitionRow>[] {
  return [
    {
      key: 'name',
      header: 'Name',
      grow: 3,
      sortable: true,
      value: (row) => row.name,
      cell: (row) => (
        <Go to={`${words.path}/${row.id}`} className="gw-link gw-cut">
          {row.name}
        </Go>
      ),
    },
    {
      key: 'state',
      header: 'State',
      grow: 2,
      sortable: true,
      value: stateWord,
      cell: (row) =>
        onlyHere.has(row.id) ? <StatusBadge tone="attention">Only in this browser</StatusBadge> : <DefinitionBadges row={row} short />,
    },
    ...words.numbers.map(
      ({ header, states }): Column<DefinitionRow> => ({
        key: header.toLowerCase(),
        header,
        sortable: true,
        numeric: true,
        from: 'tablet',
        value: (row) => countStates(row, states),
        cell: (row) => (row.version === null ? <span className="gw-quiet">–</span> : countText(countStates(row, states))),
      }),
    ),
    {
      key: 'updated',
      header: 'Edited',
      sortable: true,
      from: 'desktop',
      value: (row) => row.updatedAt,
      cell: (row) => <RelativeTime at={row.updatedAt} />,
    },
    {
      key: 'published',
      header: 'Published',
      sortable: true,
      offered: true,
      value: (row) => row.publishedAt,
      cell: (row) => (row.publishedAt === null ? <span className="gw-quiet">–</span> : <RelativeTime at={row.publishedAt} />),
    },
  ];
}
