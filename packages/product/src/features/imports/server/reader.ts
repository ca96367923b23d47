import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { Separator } from '../contract.ts';

/** A row of a table by the names of its heading, and its line, from 1; the heading is line 1. */
export interface TableRow {
  readonly line: number;
  readonly record: Readonly<Record<string, string>>;
}

/** A row with more characters ends the reading. */
export const longestLine = 1_000_000;

/** The rows of a CSV with a heading, one after the other. Rejects where it is no table. */
export async function* readTable(bytes: AsyncIterable<Uint8Array>, separator: Separator): AsyncGenerator<TableRow> {
  const parser = parse({
    bom: true,
    columns: true,
    delimiter: separator,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestLine,
  });
  const source = Readable.from(bytes);
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: Record<string, string>; info: { lines: number } }>)
      yield { line: info.lines, record };
  } finally {
    source.destroy();
  }
}

/** How a table begins. */
export interface Heading {
  readonly columns: readonly string[];
  readonly separator: Separator;
}

/**
 * The heading of a table, from its first bytes; without columns for what is no table. Where a comma is the decimal
 * sign, spreadsheets write semicolons between the cells: the separator is the one that gives the most columns.
 */
export async function readHeading(first: Uint8Array): Promise<Heading> {
  let heading: Heading = { columns: [], separator: ',' };
  for (const separator of [',', ';', '\t'] as const) {
    const columns = await readColumns(first, separator);
    if (columns.length > heading.columns.length) heading = { columns, separator };
  }
  return heading;
}

async function readColumns(first: Uint8Array, separator: Separator): Promise<string[]> {
  const parser = parse({ bom: true, to_line: 1, relax_column_count: true, delimiter: separator });
  parser.write(first);
  parser.end();
  try {
    for await (const record of parser as AsyncIterable<string[]>) return record.map((name) => name.slice(0, 200));
  } catch {
    return [];
  }
  return [];
}
