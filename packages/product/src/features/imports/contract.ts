import { z } from 'zod';

export const importKind = z.enum(['people', 'accounts', 'events']);
export const importFormat = z.enum(['csv', 'jsonl']);
/** What stands between the cells of a table. */
export const separator = z.enum([',', ';', '\t']);
/** Column of the file → member of the event (`targets` of `mapping.ts`), `trait`, or empty to leave the column out. */
export const importMapping = z.record(z.string().max(200), z.string().max(40));

/** `POST /imports` → `importAnswer`; the bytes follow in parts. */
export const createImportRequest = z.object({ name: z.string().trim().min(1).max(200), kind: importKind, format: importFormat }).strict();
/** `POST /imports/:id/parts?offset=`: the file from this byte on, as `application/octet-stream`. The first part of a table holds its heading. */
export const importPartQuery = z.object({ offset: z.coerce.number().int().min(0) });
/** `POST /imports/:id/check`, `POST /imports/:id/start`; without a mapping the guessed or the last one holds. */
export const runImportRequest = z.object({ mapping: importMapping.optional() }).strict();

export const importReject = z.object({ line: z.number(), reason: z.string(), path: z.string(), message: z.string() });
/**
 * `uploading` (bytes are awaited), `checking` and `checked` (a dry run: nothing is kept of it but the counts),
 * `running`, then `done`, `cancelled` or `failed`.
 */
export const importState = z.enum(['uploading', 'checking', 'checked', 'running', 'done', 'cancelled', 'failed']);
export const importAnswer = z.object({
  id: z.string(),
  name: z.string(),
  kind: importKind,
  format: importFormat,
  state: importState,
  /** Of the file, so far. */
  bytes: z.number(),
  /** Of the file, read by the check or the run that is going on or was last. */
  bytesRead: z.number(),
  /** Rows of that check or run: read, passed, rejected. */
  rows: z.number(),
  passed: z.number(),
  rejected: z.number(),
  columns: z.array(z.string()),
  /** As the heading has it; null for JSON lines, and while there are no bytes. */
  separator: separator.nullable(),
  mapping: importMapping,
  /** The first 20. */
  rejects: z.array(importReject),
  error: z.string().nullable(),
  createdAt: z.number(),
  createdBy: z.string(),
  finishedAt: z.number().nullable(),
});
export const importsAnswer = z.object({ imports: z.array(importAnswer) });

export type ImportKind = z.infer<typeof importKind>;
export type ImportFormat = z.infer<typeof importFormat>;
export type Separator = z.infer<typeof separator>;
export type ImportState = z.infer<typeof importState>;
export type ImportReject = z.infer<typeof importReject>;
export type ImportAnswer = z.infer<typeof importAnswer>;
