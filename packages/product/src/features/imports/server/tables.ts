import type { Json } from '../../../kernel/json.ts';
import type { Table } from '../../../ports/db/db.ts';
import type { ImportFormat, ImportKind, ImportState, Separator } from '../contract.ts';

/** One file that is brought in. Its bytes lie in parts in the files port until it is done. */
export interface ImportRow {
  readonly workspace: string;
  readonly environment: string;
  readonly id: string;
  readonly name: string;
  readonly kind: ImportKind;
  readonly format: ImportFormat;
  readonly state: ImportState;
  readonly bytes: number;
  readonly parts: number;
  readonly columns: Json;
  /** Between the cells of a table; null for JSON lines. */
  readonly separator: Separator | null;
  readonly mapping: Json;
  /** Rows that are settled: a run goes on after them. */
  readonly position: number;
  readonly bytesRead: number;
  readonly passed: number;
  readonly rejected: number;
  readonly error: string | null;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly finishedAt: number | null;
  /** The process that works on it, and until when nobody else may. */
  readonly worker: string | null;
  readonly leaseUntil: number;
}
export const imports: Table<ImportRow> = {
  name: 'imports',
  kind: 'source',
  columns: {
    workspace: 'text',
    environment: 'text',
    id: 'text',
    name: 'text',
    kind: 'text',
    format: 'text',
    state: 'text',
    bytes: 'integer',
    parts: 'integer',
    columns: 'json',
    mapping: 'json',
    position: 'integer',
    bytesRead: 'integer',
    passed: 'integer',
    rejected: 'integer',
    error: 'text',
    createdAt: 'instant',
    createdBy: 'text',
    finishedAt: 'instant',
    worker: 'text',
    leaseUntil: 'instant',
    separator: 'text',
  },
  key: ['workspace', 'environment', 'id'],
};

/** A row of a file that did not pass, and why. */
export interface ImportRejectRow {
  readonly workspace: string;
  readonly environment: string;
  readonly import: string;
  /** Line of the file, from 1. */
  readonly line: number;
  readonly reason: string;
  readonly path: string;
  readonly message: string;
}
export const importRejects: Table<ImportRejectRow> = {
  name: 'import_rejects',
  kind: 'source',
  columns: { workspace: 'text', environment: 'text', import: 'text', line: 'integer', reason: 'text', path: 'text', message: 'text' },
  key: ['workspace', 'environment', 'import', 'line'],
};

export const importTables = [imports, importRejects] as const;
