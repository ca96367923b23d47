import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../icon.tsx';
import { countText } from '../number-text.ts';
import { useToast } from '../toasts.tsx';
import type { Column } from './column.ts';
import { csvText, saveFile } from './csv.ts';
import { SavedViews } from './saved-views.tsx';
import type { useColumns } from './use-columns.ts';

interface TableToolsProps<Row> {
  readonly name: string;
  readonly views: boolean;
  readonly unit: readonly [one: string, many: string];
  readonly total: number | undefined;
  readonly columns: readonly Column<Row>[];
  readonly choice: ReturnType<typeof useColumns<Row>>;
  /** Every row of the list, for the export; may ask the server. */
  readonly allRows: () => Promise<readonly Row[]>;
  /** The list has changed while it was read; absent = it is as fresh as can be. */
  readonly onRefresh?: (() => void) | undefined;
}

/** The count, the column chooser and the export, right above a table. */
export function TableTools<Row>({ name, views, unit, total, columns, choice, allRows, onRefresh }: TableToolsProps<Row>) {
  return (
    <div className="gw-table-tools">
      {onRefresh && (
        <Button size="compact-xs" variant="light" leftSection={<Icon name="refresh" size={12} />} onClick={onRefresh}>
          New activity
        </Button>
      )}
      <span className="gw-quiet gw-number" aria-live="polite">
        {total === undefined ? '' : `${countText(total)} ${total === 1 ? unit[0] : unit[1]}`}
      </span>
      {views && <SavedViews table={name} />}
      <ColumnChooser columns={columns} choice={choice} />
      <ExportButton name={name} columns={choice.chosen} allRows={allRows} total={total} />
    </div>
  );
}

function ColumnChooser<Row>({ columns, choice }: Pick<TableToolsProps<Row>, 'columns' | 'choice'>) {
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label="Choose columns">
          <Icon name="columns" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Columns</Menu.Label>
        {columns.slice(1).map((column) => (
          <Menu.CheckboxItem
            key={column.key}
            checked={choice.isChosen(column)}
            onChange={() => choice.toggle(column)}
            checkIcon={<Icon name="check" size={14} />}
          >
            {column.header}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ExportButton<Row>({ name, columns, allRows, total }: Pick<TableToolsProps<Row>, 'name' | 'columns' | 'allRows' | 'total'>) {
  const [busy, setBusy] = useState(false);
  const toast = useToast();
  const save = async () => {
    setBusy(true);
    try {
      saveFile(`${name}.csv`, csvText(columns, await allRows()));
    } catch {
      toast({ message: 'The export stopped: the server did not give all rows. No file was saved. Try again.', tone: 'bad' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Tooltip label="Export as CSV">
      <ActionIcon aria-label="Export as CSV" onClick={save} loading={busy} disabled={!total}>
        <Icon name="download" />
      </ActionIcon>
    </Tooltip>
  );
}
