import type { Sheet, SheetCell } from './sheets/sheet.ts';
import './sheet-table.css';

interface SheetTableProps {
  readonly sheet: Sheet;
  /** The people that are open, as the server calls them; empty = none. */
  readonly open: string;
  readonly onOpen: (name: string) => void;
}

/** The numbers of a report. Each that has people behind it is a button; the first column stays while the others scroll. */
export function SheetTable({ sheet, open, onOpen }: SheetTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="gw-sheet" aria-label={`Numbers: ${sheet.title}`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{sheet.corner}</th>
            {sheet.columns.map(({ text, incomplete }, index) => (
              <th key={index} scope="col" data-incomplete={incomplete || undefined}>
                {text}
                {incomplete && <span className="gw-sheet-mark">incomplete</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheet.rows.map(({ head, cells }, row) => (
            <tr key={row}>
              <th scope="row" title={head}>
                {head}
              </th>
              {sheet.columns.map((_, column) => (
                <Cell key={column} cell={cells[column]} open={open} onOpen={onOpen} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cell({ cell, open, onOpen }: { cell: SheetCell | undefined; open: string; onOpen: (name: string) => void }) {
  if (!cell) return <td />;
  const name = cell.people && JSON.stringify(cell.people);
  const heat = cell.heat === undefined ? undefined : ({ '--gw-heat': `${Math.round(cell.heat * 45)}%` } as React.CSSProperties);
  return (
    <td
      className="gw-number"
      data-incomplete={cell.incomplete || undefined}
      data-heat={heat ? true : undefined}
      {...(heat ? { style: heat } : {})}
    >
      {name ? (
        <button
          type="button"
          aria-pressed={open === name}
          aria-label={`${cell.label}: ${cell.text}${cell.incomplete ? ', incomplete' : ''}. Show the people`}
          title={cell.label}
          onClick={() => onOpen(open === name ? '' : name)}
        >
          {cell.text}
        </button>
      ) : (
        <span title={cell.label}>{cell.text}</span>
      )}
    </td>
  );
}
