import type { Json } from '../../../kernel/json.ts';
import type { Files } from '../../../ports/files/files.ts';
import { objectToEvent, rowToEvent } from '../mapping.ts';
import { longestLine, readTable } from './reader.ts';
import type { ImportRow } from './tables.ts';

/** A row of the file: an event to offer, or why it could not be read. */
export interface SourceRow {
  /** From 1; the heading of a table is line 1. */
  readonly line: number;
  readonly event?: Json;
  readonly unreadable?: string;
}

export function partName(row: Pick<ImportRow, 'environment' | 'id'>, part: number): string {
  return `imports/${row.environment}/${row.id}/${String(part).padStart(6, '0')}`;
}

/** The bytes of a file, a part at a time; `seen` is told how many have been given. */
async function* bytesOf(files: Files, row: ImportRow, seen: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let total = 0;
  for (let part = 0; part < row.parts; part++) {
    const bytes = await files.get(partName(row, part));
    if (!bytes) throw new Error('A part of the file is missing. Upload it again.');
    yield bytes;
    total += bytes.length;
    seen(total);
  }
}

/** The rows of a file in their order, with one part of it in memory. */
export function readRows(files: Files, row: ImportRow, seen: (bytes: number) => void): AsyncIterable<SourceRow> {
  const bytes = bytesOf(files, row, seen);
  return row.format === 'csv' ? readCsv(bytes, row) : readLines(bytes, row);
}

async function* readCsv(bytes: AsyncIterable<Uint8Array>, row: ImportRow): AsyncGenerator<SourceRow> {
  const mapping = row.mapping as Record<string, string>;
  for await (const { line, record } of readTable(bytes, row.separator ?? ',')) yield { line, event: rowToEvent(row.kind, record, mapping) };
}

async function* readLines(bytes: AsyncIterable<Uint8Array>, row: ImportRow): AsyncGenerator<SourceRow> {
  let line = 0;
  for await (const text of splitLines(bytes)) {
    line++;
    if (text.trim() === '') continue;
    yield { line, ...readLine(text, row) };
  }
}

function readLine(text: string, row: ImportRow): Omit<SourceRow, 'line'> {
  if (text.length >= longestLine) return { unreadable: 'The line is longer than an event may be.' };
  try {
    return { event: objectToEvent(row.kind, JSON.parse(text) as Json) };
  } catch {
    return { unreadable: 'The line is not JSON.' };
  }
}

/** Lines of UTF-8. Of one that never ends only the beginning is kept. */
async function* splitLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = (lines.pop() ?? '').slice(0, longestLine);
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}
