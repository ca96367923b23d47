import { csvLine, csvMark } from '@gangway/product/kernel/csv-line.ts';

/** One number of a report. */
export interface SheetCell {
  /** The plain value, as it is exported; null where there is none. */
  readonly value: number | string | null;
  /** As it is read: “63.4 %”. */
  readonly text: string;
  /** What it says, in words: the title of the list of people, and what a screen reader hears. */
  readonly label: string;
  /** From 0 to 1: how strongly the cell is filled. */
  readonly heat?: number | undefined;
  /** Its period is not over. */
  readonly incomplete?: boolean | undefined;
  /** How the server calls it when it is asked for the people behind it; absent where nobody is. */
  readonly people?: object | undefined;
}

/** The numbers of a report as a table: what is on screen, what is exported, and what opens people. */
export interface Sheet {
  readonly title: string;
  /** Over the first column. */
  readonly corner: string;
  readonly columns: readonly { readonly text: string; readonly incomplete?: boolean | undefined }[];
  readonly rows: readonly { readonly head: string; readonly cells: readonly SheetCell[] }[];
}

/** The sheets one below the other, as CSV for a spreadsheet. */
export function sheetsCsv(sheets: readonly Sheet[]): string {
  const lines = sheets.flatMap(({ title, corner, columns, rows }, index) => [
    ...(index > 0 ? [['']] : []),
    ...(sheets.length > 1 ? [[title]] : []),
    [corner, ...columns.map(({ text, incomplete }) => (incomplete ? `${text} (incomplete)` : text))],
    ...rows.map(({ head, cells }) => [head, ...cells.map(({ value }) => value)]),
  ]);
  return csvMark + lines.map(csvLine).join('');
}

/** The number that an address names by what the server calls it; undefined when the report has none such. */
export function cellNamed(sheets: readonly Sheet[], name: string): SheetCell | undefined {
  return sheets
    .flatMap(({ rows }) => rows.flatMap(({ cells }) => cells))
    .find(({ people }) => people !== undefined && JSON.stringify(people) === name);
}
