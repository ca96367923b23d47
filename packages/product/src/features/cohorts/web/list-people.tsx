import { asProblem } from '@gangway/web/kit/api/api-problem.ts';
import type { Column } from '@gangway/web/kit/data-table/column.ts';
import { DataTable } from '@gangway/web/kit/data-table/data-table.tsx';
import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { SearchField } from '@gangway/web/kit/filter-bar.tsx';
import { Go, useGo } from '@gangway/web/kit/go.tsx';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { plural } from '@gangway/web/kit/number-text.ts';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import { useToast } from '@gangway/web/kit/toasts.tsx';
import { useUrlState } from '@gangway/web/kit/url-state.ts';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CohortListAnswer } from '../contract.ts';
import { useListChanges } from './use-list-changes.ts';
import { useListPeople } from './use-list-people.ts';

type Member = CohortListAnswer['people'][number];
interface ListPeopleProps {
  readonly list: string;
  readonly name: string;
  /** Fills it. */
  readonly add: ReactNode;
}

/** Who is on a list, to be searched, exported and taken off. */
export function ListPeople({ list, name, add }: ListPeopleProps) {
  const [search] = useUrlState('search');
  const { pages, everybody } = useListPeople(list, search);
  const go = useGo();
  return (
    <DataTable
      {...pages}
      name={name}
      unit={['person', 'people']}
      columns={columns}
      rowKey={({ id }) => id}
      rowLabel={({ label }) => label}
      allRows={everybody}
      onOpen={({ id }) => go(`/people/${encodeURIComponent(id)}`)}
      bulk={(rows, clear) => <TakeOff list={list} rows={rows} clear={clear} />}
      filters={<SearchField label="Search people on the list" />}
      empty={
        search !== '' ? (
          <EmptyState picture="search" title="Nobody on the list has this name, mail or id">
            Change the search to see the others.
          </EmptyState>
        ) : (
          <EmptyState picture="person" title="Nobody is on this list yet" action={add}>
            Paste user ids, choose a CSV file, or find somebody by name.
          </EmptyState>
        )
      }
    />
  );
}

const columns: readonly Column<Member>[] = [
  {
    key: 'person',
    header: 'Person',
    grow: 3,
    value: ({ label }) => label,
    cell: ({ id, label }) => (
      <Go to={`/people/${encodeURIComponent(id)}`} className="gw-link gw-cut">
        {label}
      </Go>
    ),
  },
  {
    key: 'userId',
    header: 'User id',
    grow: 2,
    from: 'tablet',
    value: ({ userId }) => userId,
    cell: ({ userId }) => (userId === null ? <span className="gw-quiet">–</span> : <span className="gw-mono gw-cut">{userId}</span>),
  },
  {
    key: 'since',
    header: 'On the list since',
    grow: 1.5,
    value: ({ since }) => new Date(since).toISOString(),
    cell: ({ since }) => <RelativeTime at={since} />,
  },
];

/** Takes the selected ones off; the message has an undo. */
function TakeOff({ list, rows, clear }: { list: string; rows: readonly Member[]; clear: () => void }) {
  const changes = useListChanges();
  const toast = useToast();
  const ids = rows.map(({ id }) => id);
  const fail = (error: unknown) => toast({ message: asProblem(error).message, tone: 'bad' });
  const take = useMutation({
    mutationFn: () => changes.move(list, { removePeople: ids }),
    onSuccess: ({ removed }) => {
      toast({
        message: `Took ${plural(removed, 'person', 'people')} off the list.`,
        undo: () => void changes.move(list, { addPeople: ids }).catch(fail),
      });
      clear();
    },
    onError: fail,
  });
  return (
    <Button size="xs" variant="default" leftSection={<Icon name="cross" />} loading={take.isPending} onClick={() => take.mutate()}>
      Take off the list
    </Button>
  );
}
