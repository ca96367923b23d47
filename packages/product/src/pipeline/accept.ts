import { type AcceptedEvent, type EventType, eventTypes, type IdentityLevel } from '../kernel/event.ts';
import { isObject, type Json, type JsonObject } from '../kernel/json.ts';
import { byteLength } from './byte-length.ts';
import { isGarbageId } from './garbage-id.ts';
import { sanitize } from './sanitize.ts';
import { correctTime } from './skew.ts';
import { truncateAddress } from './truncate-address.ts';

/** What stage 1 has to know besides the body. */
export interface AcceptContext {
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  /** The level of the key: a secret key makes `server` events. */
  readonly key: 'public' | 'secret';
  /** Makes the ids of events that came without one: unique per request, so that a retry of ours is the same event. */
  readonly requestId: string;
  /** Where the request came from. Put, truncated, into events that ask for it (`context.direct`), and into all when `page` is true. */
  readonly sender?: { readonly address: string; readonly page: boolean };
}

/** Why an event was refused, and which member was wrong. `reason` is a stable code. */
export interface Refusal {
  readonly reason: string;
  readonly path: string;
  readonly message: string;
}

export interface Verdict {
  readonly index: number;
  readonly messageId: string;
  readonly refusal?: Refusal;
}

export interface Acceptance {
  readonly events: readonly AcceptedEvent[];
  readonly refused: readonly { readonly id: string; readonly raw: Json; readonly refusal: Refusal }[];
  readonly verdicts: readonly Verdict[];
}

/** Segment's limits. */
export const limits = {
  eventBytes: 32_768,
  batchBytes: 512_000,
  batchEvents: 2_500,
  idLength: 512,
  messageIdLength: 100,
  nameLength: 200,
  depth: 20,
} as const;

/**
 * Stage 1: gives every event of a batch a verdict. Pure. One bad event refuses only itself.
 *
 * @param body a `batch` call, or a single event with its type put in by the route
 */
export function acceptBatch(body: JsonObject, context: AcceptContext): Acceptance {
  const batch = Array.isArray(body.batch) ? (body.batch as readonly Json[]) : [body];
  const events: AcceptedEvent[] = [];
  const refused: Acceptance['refused'][number][] = [];
  const verdicts: Verdict[] = [];
  batch.forEach((raw, index) => {
    const result = acceptOne(raw, Array.isArray(body.batch) ? body : {}, { ...context, index });
    if ('event' in result) {
      events.push(result.event);
      verdicts.push({ index, messageId: result.event.messageId });
    } else {
      const messageId = isObject(raw) && typeof raw.messageId === 'string' ? raw.messageId.slice(0, limits.messageIdLength) : '';
      const refusal = {
        ...result.refusal,
        path: Array.isArray(body.batch) ? `batch.${index}${result.refusal.path ? `.${result.refusal.path}` : ''}` : result.refusal.path,
      };
      refused.push({ id: `${context.requestId}-${index}`, raw, refusal });
      verdicts.push({ index, messageId, refusal });
    }
  });
  return { events, refused, verdicts };
}

type One = { readonly event: AcceptedEvent } | { readonly refusal: Refusal };

function refusal(reason: string, path: string, message: string): { readonly refusal: Refusal } {
  return { refusal: { reason, path, message } };
}

function acceptOne(raw: Json, batch: JsonObject, context: AcceptContext & { index: number }): One {
  if (!isObject(raw)) return refusal('not_an_object', '', 'An event is a JSON object.');
  if (byteLength(JSON.stringify(raw)) > limits.eventBytes)
    return refusal('event_too_large', '', `An event may have ${limits.eventBytes} bytes.`);
  const clean = sanitize(raw, limits.depth);
  if (clean === undefined) return refusal('too_deep', '', `Values may be nested ${limits.depth} levels.`);
  const event = clean as JsonObject;
  if (!isEventType(event.type)) return refusal('unknown_type', 'type', `“type” is one of ${eventTypes.join(', ')}.`);
  const wrong = complaint(event, event.type, context.key);
  if (wrong) return wrong;
  return { event: build(event, event.type, batch, context) };
}

function isEventType(value: unknown): value is EventType {
  return (eventTypes as readonly unknown[]).includes(value);
}

/** The first thing that makes an event useless, or undefined. */
function complaint(event: JsonObject, type: EventType, key: AcceptContext['key']): { readonly refusal: Refusal } | undefined {
  for (const member of ['userId', 'anonymousId', 'groupId', 'previousId'] as const) {
    const value = event[member];
    if (value === undefined || value === null || value === '') continue;
    if (typeof value !== 'string' && typeof value !== 'number') return refusal('wrong_type', member, `“${member}” is a text or a number.`);
    if (String(value).length > limits.idLength)
      return refusal('id_too_long', member, `“${member}” may have ${limits.idLength} characters.`);
  }
  for (const member of ['traits', 'properties', 'context', 'integrations'] as const) {
    if (event[member] !== undefined && event[member] !== null && !isObject(event[member]))
      return refusal('wrong_type', member, `“${member}” is an object.`);
  }
  if (typeof event.messageId === 'string' && event.messageId.length > limits.messageIdLength) {
    return refusal('id_too_long', 'messageId', `“messageId” may have ${limits.messageIdLength} characters.`);
  }
  if (namesNobody(event) && !mayNameNobody(type, key)) {
    return refusal('no_identity', 'userId', 'An event needs a “userId” or an “anonymousId”.');
  }
  if (type === 'track' && (typeof event.event !== 'string' || event.event.trim() === ''))
    return refusal('no_event_name', 'event', 'A track call needs the name of the event.');
  if (typeof event.event === 'string' && event.event.length > limits.nameLength)
    return refusal('name_too_long', 'event', `A name may have ${limits.nameLength} characters.`);
  if (type === 'group' && identifier(event.groupId) === undefined) return refusal('no_group', 'groupId', 'A group call needs a “groupId”.');
  if (type === 'alias' && identifier(event.previousId) === undefined)
    return refusal('no_previous', 'previousId', 'An alias call needs a “previousId”.');
  return undefined;
}

function namesNobody(event: JsonObject): boolean {
  return identifier(event.userId) === undefined && identifier(event.anonymousId) === undefined;
}

/**
 * A back end may describe an account before anybody of it is known: a group call with a secret key needs no person.
 * A page may not: whoever reads its public key could rewrite every account.
 */
function mayNameNobody(type: EventType, key: AcceptContext['key']): boolean {
  return key === 'secret' && type === 'group';
}

/** Numbers become texts; the empty text is no id. */
function identifier(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function build(event: JsonObject, type: EventType, batch: JsonObject, input: AcceptContext & { index: number }): AcceptedEvent {
  const messageId = typeof event.messageId === 'string' && event.messageId !== '' ? event.messageId : `${input.requestId}-${input.index}`;
  const context = withAddress({ ...objectOr(batch.context), ...objectOr(event.context) }, input.sender);
  const integrations = { ...objectOr(batch.integrations), ...objectOr(event.integrations) };
  const named = identifier(event.userId);
  const userId = named !== undefined && isGarbageId(named) ? undefined : named;
  // An id such as “undefined” would make one person of a thousand: the event stays alone instead.
  const device = identifier(event.anonymousId);
  const known = device === undefined || isGarbageId(device) ? undefined : device;
  const alone = userId === undefined && !(namesNobody(event) && mayNameNobody(type, input.key));
  const anonymousId = known ?? (alone ? `lone-${messageId}` : undefined);
  const groupId = identifier(event.groupId) ?? identifier(context.groupId);
  const name =
    typeof event.event === 'string' ? event.event : typeof event.name === 'string' ? event.name.slice(0, limits.nameLength) : undefined;
  const { time, claimedTime } = correctTime({
    original: event.originalTimestamp ?? event.timestamp,
    sentAt: event.sentAt ?? batch.sentAt,
    receivedAt: input.receivedAt,
  });
  const previousId = identifier(event.previousId);
  return {
    type,
    messageId,
    ...(userId === undefined ? {} : { userId }),
    ...(anonymousId === undefined ? {} : { anonymousId }),
    ...(groupId === undefined ? {} : { groupId }),
    ...(previousId === undefined ? {} : { previousId }),
    ...(name === undefined ? {} : { event: name }),
    ...(isObject(event.traits) ? { traits: event.traits } : {}),
    ...(isObject(event.properties) ? { properties: event.properties } : {}),
    ...(Object.keys(context).length > 0 ? { context } : {}),
    ...(Object.keys(integrations).length > 0 ? { integrations } : {}),
    time,
    receivedAt: input.receivedAt,
    level: levelOf(input.key, userId),
    ...(claimedTime === undefined ? {} : { claimedTime }),
  };
}

/** The event's own address wins over the connection's; no more of either is kept than its neighbourhood. */
function withAddress(context: JsonObject, sender: AcceptContext['sender']): JsonObject {
  const { ip, ...rest } = context;
  const asked = sender && (sender.page || context.direct === true) ? sender.address : undefined;
  const address = truncateAddress(typeof ip === 'string' ? ip : (asked ?? ''));
  return address === undefined ? rest : { ...rest, ip: address };
}

function objectOr(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function levelOf(key: AcceptContext['key'], userId: string | undefined): IdentityLevel {
  if (key === 'secret') return 'server';
  return userId === undefined ? 'anonymous' : 'claimed';
}
