import { type Door, openDoor } from '../kernel/door.ts';
import type { Entry, EntryBody } from '../kernel/entry.ts';
import { isObject, type Json, type JsonObject } from '../kernel/json.ts';
import type { Scope } from '../kernel/scope.ts';
import { type AcceptContext, acceptBatch, type Refusal } from './accept.ts';
import { withoutTokens } from './sender.ts';
import type { FailedRow } from './tables.ts';

/** More of a refused event is not kept, so it cannot be sent again. */
const keptLength = 100_000;

/**
 * What is kept of a refused event, so that it can be offered again as it was: its text (it may hold what the store
 * cannot), the kind of key, and what its batch said for all. Identity tokens are left out: sent again, the event has
 * proved nothing.
 */
export function keepRefused(raw: Json, input: { body: JsonObject; context: AcceptContext }): Json {
  const { context = null, integrations = null, sentAt = null } = Array.isArray(input.body.batch) ? input.body : {};
  const { door = openDoor, key } = input.context;
  const clean = (said: Json) => (isObject(said) ? withoutTokens(said, door) : said);
  const event = isObject(raw) && raw.context !== undefined ? { ...raw, context: clean(raw.context) } : raw;
  return { text: JSON.stringify(event).slice(0, keptLength), key, batch: { context: clean(context), integrations, sentAt } };
}

/** The event as it came; the text itself when it was too long to be kept whole. */
export function refusedBody(row: Pick<FailedRow, 'body' | 'stage'>): unknown {
  if (row.stage === 'apply') return isObject(row.body) && isObject(row.body.event) ? row.body.event : row.body;
  const text = isObject(row.body) ? row.body.text : row.body;
  if (typeof text !== 'string') return row.body;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * The log entry with which a failed event is tried again, or why it would fail again. A refused event passes
 * stage 1 anew, as of the instant at which it came; one that was set aside is appended as it was. The entry's id
 * comes from the row's, so that trying twice counts once.
 */
export function tryAgain(row: FailedRow, scope: Scope, door: Door): { readonly entry: Entry } | { readonly refusal: Refusal } {
  if (row.stage === 'apply') {
    const body = row.body as unknown as EntryBody;
    const source = ['event', 'command', 'merge', 'definition'].includes(body.what);
    return { entry: { id: `again:${row.id}`, scope, origin: source ? 'source' : 'derived', depth: 0, body } };
  }
  const raw = refusedBody(row) as Json;
  const kept = isObject(row.body) ? row.body : {};
  if (typeof raw === 'string' && raw.length >= keptLength)
    return {
      refusal: { reason: 'not_kept_whole', path: '', message: 'The event was too large to be kept whole, so it cannot be sent again.' },
    };
  const batch = isObject(kept.batch) ? kept.batch : {};
  const { events, refused } = acceptBatch(
    { ...batch, batch: [raw] },
    { receivedAt: row.receivedAt, key: kept.key === 'secret' ? 'secret' : 'public', requestId: row.id, door },
  );
  const [event] = events;
  if (event) return { entry: { id: `event:${event.messageId}`, scope, origin: 'source', depth: 0, body: { what: 'event', event } } };
  const { reason, path, message } = refused[0]?.refusal ?? { reason: 'unknown_type', path: '', message: '' };
  return { refusal: { reason, path: path.replace(/^batch\.0\.?/, ''), message } };
}
