import { type ReactNode, useEffect, useRef } from 'react';
import type { ApiProblem } from '../api/api-problem.ts';
import { FilterBar } from '../filter-bar.tsx';
import { ProblemNotice } from '../problem-notice.tsx';
import type { Column } from './column.ts';
import './data-table.css';
import { TableBody } from './table-body.tsx';
import { TableHead } from './table-head.tsx';
import { TableTools } from './table-tools.tsx';
import { useColumns } from './use-columns.ts';
import { type Marks, useMarks } from './use-marks.ts';
import { useRowKeys } from './use-row-keys.ts';
import type { TableSort } from './use-table-sort.ts';
import { useWindow } from './use-window.ts';

export interface DataTableProps<Row> {
  /** Names the table, its export file and the reader's column choice: `people`. */
  readonly name: string;
  readonly unit: readonly [one: string, many: string];
  /** The first column names the row; it is always drawn. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** What a screen reader calls the row. */
  readonly rowLabel: (row: Row) => string;
  /** How many there are in all; absent = the rows given are all. */
  readonly total?: number | undefined;
  readonly loading: boolean;
  readonly problem?: ApiProblem | null;
  readonly onRetry?: () => void;
  /** Asks for more rows when the end comes near; absent = there are no more. */
  readonly loadMore?: (() => void) | undefined;
  readonly sort?: TableSort;
  readonly onOpen?: (row: Row) => void;
  /** The key of the row whose panel is open. */
  readonly openKey?: string;
  /** What can be done with selected rows; absent = rows cannot be selected. */
  readonly bulk?: (rows: readonly Row[], clear: () => void) => ReactNode;
  readonly filters?: ReactNode;
  /** Offers to keep the address's filters and sort under a name. */
  readonly views?: boolean;
  readonly empty: ReactNode;
  /** Events have changed the list while it is being read: offers to show the change (`onRetry`). */
  readonly held?: boolean;
  /** Every row for the export, when the table does not hold them all. */
  readonly allRows?: () => Promise<readonly Row[]>;
}

/** A list: sticky header, sorting, row keyboard (j k enter x), selection, column choice, count, export, skeletons, growing at its end. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, columns, rowKey, loading, problem, loadMore, onOpen, bulk } = props;
  const box = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const choice = useColumns(props.name, columns, box);
  const marks = useMarks();
  const view = useWindow(scroller, rows.length);
  const open = (index: number) => {
    const row = rows[index];
    if (row !== undefined) onOpen?.(row);
  };
  const mark = (index: number) => {
    const row = rows[index];
    if (row !== undefined && bulk) marks.toggle(rowKey(row));
  };
  const keys = useRowKeys({ count: rows.length, scroller, onOpen: open, onMark: mark });
  useEffect(() => {
    if (loadMore && view.last >= rows.length - 20) loadMore();
  }, [loadMore, view.last, rows.length]);
  const total = props.total ?? (loading || problem ? undefined : rows.length);
  const nothing = !loading && !problem && rows.length === 0;
  return (
    <div className="gw-data-table" ref={box}>
      <FilterBar
        end={
          <TableTools
            name={props.name}
            views={props.views ?? false}
            unit={props.unit}
            total={total}
            columns={columns}
            choice={choice}
            allRows={props.allRows ?? (() => Promise.resolve(rows))}
            onRefresh={props.held ? props.onRetry : undefined}
          />
        }
      >
        {props.filters}
      </FilterBar>
      <ProblemNotice error={problem} onRetry={props.onRetry} />
      {nothing && props.empty}
      {!nothing && !(problem && rows.length === 0) && (
        <div className="gw-table-scroller" ref={scroller} data-openable={onOpen ? true : undefined}>
          <table aria-label={props.name} aria-rowcount={(total ?? rows.length) + 1} aria-busy={loading}>
            <ColumnWidths columns={choice.drawn} selectable={bulk !== undefined} />
            <TableHead columns={choice.drawn} sort={props.sort} marks={bulk && headMarks(marks, rows.map(rowKey))} />
            <TableBody {...props} columns={choice.drawn} view={view} keys={keys} marks={bulk ? marks : undefined} open={open} />
          </table>
        </div>
      )}
      {bulk && marks.keys.size > 0 && (
        <BulkBar rows={rows.filter((row) => marks.keys.has(rowKey(row)))} clear={() => marks.setAll([])} bulk={bulk} />
      )}
    </div>
  );
}

function headMarks(marks: Marks, keys: readonly string[]) {
  const all = keys.length > 0 && keys.every((key) => marks.keys.has(key));
  return { all, some: marks.keys.size > 0, toggleAll: () => marks.setAll(all ? [] : keys) };
}

function ColumnWidths<Row>({ columns, selectable }: { columns: readonly Column<Row>[]; selectable: boolean }) {
  const sum = columns.reduce((total, column) => total + (column.grow ?? 1), 0);
  return (
    <colgroup>
      {selectable && <col className="gw-table-mark" />}
      {columns.map((column) => (
        <col key={column.key} style={{ width: `${((column.grow ?? 1) / sum) * 100}%` }} />
      ))}
    </colgroup>
  );
}

function BulkBar<Row>({ rows, clear, bulk }: { rows: readonly Row[]; clear: () => void; bulk: NonNullable<DataTableProps<Row>['bulk']> }) {
  return (
    <section className="gw-table-bulk" aria-label="Selected rows">
      <span className="gw-number">{rows.length} selected</span>
      {bulk(rows, clear)}
      <button type="button" className="gw-table-bulk-clear" onClick={clear}>
        Clear
      </button>
    </section>
  );
}
