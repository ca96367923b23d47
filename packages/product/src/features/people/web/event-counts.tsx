import type { Column } from '@gangway/web/kit/data-table/column.ts';
import { DataTable } from '@gangway/web/kit/data-table/data-table.tsx';
import { sortRows, useTableSort } from '@gangway/web/kit/data-table/use-table-sort.ts';
import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { countText } from '@gangway/web/kit/number-text.ts';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import type { PersonAnswer } from '../contract.ts';

type Counted = PersonAnswer['events'][number];

const columns: readonly Column<Counted>[] = [
  { key: 'event', header: 'Event', grow: 3, sortable: true, value: (row) => row.name, cell: (row) => row.name },
  { key: 'count', header: 'Times', numeric: true, sortable: true, value: (row) => row.count, cell: (row) => countText(row.count) },
  {
    key: 'first',
    header: 'First',
    grow: 1.5,
    sortable: true,
    from: 'tablet',
    value: (row) => row.first,
    cell: (row) => <RelativeTime at={row.first} />,
  },
  { key: 'last', header: 'Last', grow: 1.5, sortable: true, value: (row) => row.last, cell: (row) => <RelativeTime at={row.last} /> },
];

/** How often the person did what: the counters that rules read. */
export function EventCounts({ events }: { events: readonly Counted[] }) {
  const sort = useTableSort('last.desc');
  return (
    <DataTable
      name="event counts"
      unit={['event name', 'event names']}
      columns={columns}
      rows={sortRows(events, columns, sort)}
      rowKey={(row) => row.name}
      rowLabel={(row) => row.name}
      loading={false}
      sort={sort}
      filters={<span className="gw-quiet">The counters that rules read.</span>}
      empty={
        <EmptyState picture="events" title="Nothing counted">
          No event of this person has been applied.
        </EmptyState>
      }
    />
  );
}
