import { Checkbox, UnstyledButton } from '@mantine/core';
import { Icon } from '../icon.tsx';
import type { Column } from './column.ts';
import type { TableSort } from './use-table-sort.ts';

interface TableHeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sort: TableSort | undefined;
  /** Absent = rows cannot be selected. */
  readonly marks?: { readonly all: boolean; readonly some: boolean; readonly toggleAll: () => void } | undefined;
}

/** The sticky header: names, sort buttons and the box that selects all. */
export function TableHead<Row>({ columns, sort, marks }: TableHeadProps<Row>) {
  return (
    <thead>
      <tr>
        {marks && (
          <th className="gw-table-mark">
            <Checkbox
              size="xs"
              aria-label="Select all rows"
              checked={marks.all}
              indeterminate={marks.some && !marks.all}
              onChange={marks.toggleAll}
            />
          </th>
        )}
        {columns.map((column) => (
          <th
            key={column.key}
            scope="col"
            data-numeric={column.numeric || undefined}
            aria-sort={sort?.key === column.key ? (sort.direction === 'asc' ? 'ascending' : 'descending') : undefined}
          >
            {column.sortable && sort ? <SortButton column={column} sort={sort} /> : column.header}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function SortButton<Row>({ column, sort }: { column: Column<Row>; sort: TableSort }) {
  const sorted = sort.key === column.key;
  return (
    <UnstyledButton className="gw-table-sort" data-sorted={sorted || undefined} onClick={() => sort.toggle(column.key)}>
      {column.header}
      <Icon name={sorted && sort.direction === 'asc' ? 'arrowUp' : 'arrowDown'} size={12} />
    </UnstyledButton>
  );
}
