import { Checkbox, Skeleton } from '@mantine/core';
import type { Column } from './column.ts';
import type { DataTableProps } from './data-table.tsx';
import type { Marks } from './use-marks.ts';
import { rowHeight } from './use-window.ts';

interface TableBodyProps<Row>
  extends Pick<DataTableProps<Row>, 'rows' | 'rowKey' | 'rowLabel' | 'loading' | 'loadMore' | 'openKey' | 'onOpen'> {
  readonly columns: readonly Column<Row>[];
  readonly view: { readonly first: number; readonly last: number };
  readonly keys: { readonly active: number; readonly setActive: (index: number) => void };
  readonly marks: Marks | undefined;
  readonly open: (index: number) => void;
}

/** The rows near the view, with spacers for those that are not drawn. */
export function TableBody<Row>(props: TableBodyProps<Row>) {
  const { rows, view, columns, marks } = props;
  if (props.loading) return <SkeletonRows cells={columns.length + (marks ? 1 : 0)} />;
  const before = view.first * rowHeight;
  const after = (rows.length - view.last) * rowHeight;
  const span = columns.length + (marks ? 1 : 0);
  return (
    <tbody>
      {before > 0 && <Spacer height={before} span={span} />}
      {rows.slice(view.first, view.last).map((row, offset) => (
        <TableRow key={props.rowKey(row)} {...props} row={row} index={view.first + offset} />
      ))}
      {after > 0 && <Spacer height={after} span={span} />}
    </tbody>
  );
}

function TableRow<Row>(props: TableBodyProps<Row> & { row: Row; index: number }) {
  const { row, index, columns, marks, keys, rowKey, openKey } = props;
  const key = rowKey(row);
  const marked = marks?.keys.has(key) ?? false;
  // The first drawn row is the way in by Tab until one has been visited.
  const isEntry = keys.active === index || (keys.active < props.view.first && index === props.view.first);
  return (
    <tr
      data-row={index}
      data-marked={marked || undefined}
      data-open={openKey === key || undefined}
      aria-rowindex={index + 2}
      tabIndex={isEntry ? 0 : -1}
      aria-label={props.rowLabel(row)}
      onFocus={() => keys.setActive(index)}
      onClick={(event) => {
        // A link, a button or a box in the row keeps its own meaning; so does selecting text.
        const inner = event.target instanceof Element && event.target.closest('a, button, input, label');
        if (!inner && (window.getSelection()?.isCollapsed ?? true)) props.open(index);
      }}
    >
      {marks && (
        <td className="gw-table-mark">
          <Checkbox
            size="xs"
            aria-label={`Select ${props.rowLabel(row)}`}
            checked={marked}
            onChange={() => marks.toggle(key)}
            tabIndex={-1}
          />
        </td>
      )}
      {columns.map((column, place) => (
        <td key={column.key} data-name={place === 0 || undefined} data-numeric={column.numeric || undefined}>
          <div className="gw-table-cell">{column.cell(row)}</div>
        </td>
      ))}
    </tr>
  );
}

function Spacer({ height, span }: { height: number; span: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row without controls takes no focus.
    <tr aria-hidden="true">
      <td colSpan={span} className="gw-table-spacer" style={{ height }} />
    </tr>
  );
}

const skeletonRows = ['62%', '48%', '70%', '55%', '40%', '66%', '52%', '45%'];

function SkeletonRows({ cells }: { cells: number }) {
  return (
    <tbody>
      {skeletonRows.map((width) => (
        <tr key={width}>
          {Array.from({ length: cells }, (_, cell) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity.
            <td key={cell}>
              <Skeleton height={12} width={cell === 0 ? width : '50%'} radius="sm" />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
