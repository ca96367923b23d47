import { canonical, isObject, type Json, type JsonObject } from '../../../kernel/json.ts';
import { acceptBatch } from '../../../pipeline/accept.ts';
import type { ImportReject } from '../contract.ts';
import type { SourceRow } from './read-rows.ts';
import type { ImportRow } from './tables.ts';

/** Rows of a file after stage 1: what goes in, and what does not. */
export interface CheckedChunk {
  readonly events: readonly JsonObject[];
  readonly rejects: readonly ImportReject[];
}

/**
 * Gives every row a message id and a verdict. The id comes from the content, so that a file that is brought in
 * twice, or again after a crash, counts once; of events without a time it comes from the line too, because two
 * that look alike are two.
 */
export function checkChunk(row: ImportRow, rows: readonly SourceRow[], deps: { digest(text: string): string; now: number }): CheckedChunk {
  const rejects: ImportReject[] = [];
  const named = rows.flatMap(({ line, event, unreadable }) => {
    if (isObject(event) && !isInstant(event.timestamp)) {
      rejects.push({
        line,
        reason: 'invalid_timestamp',
        path: 'timestamp',
        message: 'The time is not a date that can be read, such as 2026-05-01T09:30:00Z.',
      });
      return [];
    }
    if (unreadable === undefined) return [{ line, event: withId(row, { line, event: event ?? null }, deps.digest) }];
    rejects.push({ line, reason: 'unreadable', path: '', message: unreadable });
    return [];
  });
  const { verdicts } = acceptBatch(
    { batch: named.map(({ event }) => event) },
    { receivedAt: deps.now, key: 'secret', requestId: `${row.id}-${rows[0]?.line ?? 0}` },
  );
  const events: JsonObject[] = [];
  for (const { index, refusal } of verdicts) {
    const { line, event } = named[index] ?? { line: 0, event: null };
    if (refusal) rejects.push({ line, ...refusal, path: refusal.path.replace(/^batch\.\d+\.?/, '') });
    else events.push(event as JsonObject);
  }
  return { events, rejects };
}

/** A live event with a strange time happened when it came; one of the past would be put in the wrong month. */
function isInstant(value: Json | undefined): boolean {
  return value === undefined || typeof value === 'number' || (typeof value === 'string' && !Number.isNaN(Date.parse(value)));
}

function withId(row: ImportRow, source: { line: number; event: Json }, digest: (text: string) => string): Json {
  const { event, line } = source;
  if (!isObject(event) || (typeof event.messageId === 'string' && event.messageId !== '')) return event;
  const timeless = row.kind === 'events' && event.timestamp === undefined && event.originalTimestamp === undefined;
  const place = timeless ? `${row.name} ${line}` : '';
  return { ...event, messageId: `import-${digest(`${row.kind} ${place} ${canonical(event)}`).slice(0, 40)}` };
}
