import { csvLine, csvMark } from '@gangway/product/kernel/csv-line.ts';
import type { Column } from './column.ts';

/** The table as CSV (RFC 4180, UTF-8 with a mark so that Excel reads it as such). */
export function csvText<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [columns.map((column) => column.header), ...rows.map((row) => columns.map((column) => column.value(row)))];
  return csvMark + lines.map(csvLine).join('');
}

/** Hands a CSV to the browser as a file. */
export function saveFile(name: string, csv: string | Blob): void {
  const url = URL.createObjectURL(typeof csv === 'string' ? new Blob([csv], { type: 'text/csv;charset=utf-8' }) : csv);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
