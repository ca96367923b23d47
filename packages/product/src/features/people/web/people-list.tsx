import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { usePages } from '@gangway/web/kit/api/use-pages.ts';
import { DataTable } from '@gangway/web/kit/data-table/data-table.tsx';
import { useTableSort } from '@gangway/web/kit/data-table/use-table-sort.ts';
import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { SearchField } from '@gangway/web/kit/filter-bar.tsx';
import { Go, useGo } from '@gangway/web/kit/go.tsx';
import { Page } from '@gangway/web/kit/page.tsx';
import { personLabel } from '@gangway/web/kit/person-label.ts';
import { useUrlState } from '@gangway/web/kit/url-state.ts';
import { Button } from '@mantine/core';
import type { PersonRow } from '../contract.ts';
import { PeopleBulk } from './people-bulk.tsx';
import { peopleColumns } from './people-columns.tsx';
import { PersonPanel } from './person-panel.tsx';

interface PeopleAnswer {
  readonly people: readonly PersonRow[];
  readonly total: number;
}

/** Everybody the environment knows: search, sort, open. */
export function PeopleList() {
  const [search, setSearch] = useUrlState('search');
  const [open, setOpen] = useUrlState('open');
  const sort = useTableSort('lastSeen.desc');
  const query = { search, sort: sort.key, direction: sort.direction };
  const list = usePages<PeopleAnswer, PersonRow>('people', query, (answer) => ({ rows: answer.people, total: answer.total }));
  const allRows = useAllPeople(query);
  return (
    <Page fill title="People" purpose="Everybody who uses the product, known by name or not yet.">
      <DataTable
        {...list}
        name="people"
        unit={['person', 'people']}
        columns={peopleColumns}
        rowKey={(person) => person.id}
        rowLabel={personLabel}
        sort={sort}
        onOpen={(person) => setOpen(person.id)}
        openKey={open}
        allRows={allRows}
        views
        bulk={(people, clear) => <PeopleBulk people={people} onDone={clear} />}
        filters={<SearchField label="Search by name, mail or id" />}
        empty={search === '' ? <NobodyYet /> : <NobodyFound search={search} onClear={() => setSearch('')} />}
      />
      {open !== '' && <PersonPanel key={open} id={open} onClose={() => setOpen('')} />}
    </Page>
  );
}

/** Every person of the list for an export, 200 at a time. */
function useAllPeople(query: Record<string, string>): () => Promise<readonly PersonRow[]> {
  const api = useApi();
  return async () => {
    const rows: PersonRow[] = [];
    for (;;) {
      const answer = await api.get<PeopleAnswer>('people', { ...query, offset: rows.length, limit: 200 });
      rows.push(...answer.people);
      if (answer.people.length === 0 || rows.length >= answer.total) return rows;
    }
  };
}

function NobodyYet() {
  const go = useGo();
  return (
    <EmptyState picture="person" title="Nobody yet" action={<Button onClick={() => go('/settings?tab=install')}>Install Gangway</Button>}>
      People appear here by themselves when the first events arrive: who they are, what they did, what they have reached.
    </EmptyState>
  );
}

function NobodyFound({ search, onClear }: { search: string; onClear: () => void }) {
  return (
    <EmptyState
      picture="search"
      title="Nobody found"
      action={
        <Button variant="default" onClick={onClear}>
          Clear search
        </Button>
      }
    >
      Nobody’s name, mail or id holds “{search}”. New arrivals are in{' '}
      <Go to="/live" className="gw-inline-link">
        Live
      </Go>{' '}
      first.
    </EmptyState>
  );
}
