import type { Door } from '../kernel/door.ts';
import { type AcceptedEvent, type EventType, eventTypes, longestId, longestName } from '../kernel/event.ts';
import { isObject, type Json, type JsonObject } from '../kernel/json.ts';
import type { LinkKey } from '../kernel/link-key.ts';
import { buildEvent, type Named } from './build-event.ts';
import { exceedsBytes } from './byte-length.ts';
import { isGarbageId } from './garbage-id.ts';
import { type CommonToAll, commonToAll, objectOr } from './request-parts.ts';
import { sanitize } from './sanitize.ts';
import { faultWords, judgeSender } from './sender.ts';

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
  /** What the environment believes; absent = everything, as where nothing is set. */
  readonly door?: Door;
}

/** Why an event was refused, and which member was wrong. `reason` is a stable code. */
export interface Refusal {
  readonly reason: string;
  readonly path: string;
  readonly message: string;
}

/** A refused event. `erased`: it is of a person who was deleted, so nothing of it may be kept. */
export interface RefusedEvent {
  readonly id: string;
  readonly raw: Json;
  readonly refusal: Refusal;
  readonly erased?: LinkKey;
}

export interface Verdict {
  readonly index: number;
  readonly messageId: string;
  readonly refusal?: Refusal;
}

export interface Acceptance {
  readonly events: readonly AcceptedEvent[];
  readonly refused: readonly RefusedEvent[];
  readonly verdicts: readonly Verdict[];
}

/** Segment's limits. */
export const limits = {
  eventBytes: 32_768,
  batchBytes: 512_000,
  batchEvents: 2_500,
  /** Of a batch whose context and integrations are counted once for each of its events. */
  spreadBytes: 8_000_000,
  idLength: longestId,
  messageIdLength: 100,
  nameLength: longestName,
  depth: 20,
} as const;

/**
 * Stage 1: gives every event of a batch a verdict. Pure. One bad event refuses only itself.
 *
 * @param body a `batch` call, or a single event with its type put in by the route
 */
export function acceptBatch(body: JsonObject, context: AcceptContext): Acceptance {
  const batch = Array.isArray(body.batch) ? (body.batch as readonly Json[]) : [body];
  const common = commonToAll(Array.isArray(body.batch) ? body : {}, context, limits.depth - 1);
  const events: AcceptedEvent[] = [];
  const refused: Acceptance['refused'][number][] = [];
  const verdicts: Verdict[] = [];
  batch.forEach((raw, index) => {
    const result: One = common ? acceptOne(raw, index, common) : tooDeep;
    if ('event' in result) {
      events.push(result.event);
      verdicts.push({ index, messageId: result.event.messageId });
    } else {
      const messageId = isObject(raw) && typeof raw.messageId === 'string' ? raw.messageId.slice(0, limits.messageIdLength) : '';
      const refusal = {
        ...result.refusal,
        path: Array.isArray(body.batch) ? `batch.${index}${result.refusal.path ? `.${result.refusal.path}` : ''}` : result.refusal.path,
      };
      refused.push({ id: `${context.requestId}-${index}`, raw, refusal, ...(result.erased ? { erased: result.erased } : {}) });
      verdicts.push({ index, messageId, refusal });
    }
  });
  return { events, refused, verdicts };
}

type Refused = { readonly refusal: Refusal; readonly erased?: LinkKey };
type One = { readonly event: AcceptedEvent } | Refused;

function refusal(reason: string, path: string, message: string): { readonly refusal: Refusal } {
  return { refusal: { reason, path, message } };
}

function acceptOne(raw: Json, index: number, common: CommonToAll): One {
  if (!isObject(raw)) return refusal('not_an_object', '', 'An event is a JSON object.');
  if (exceedsBytes(raw, limits.eventBytes - common.bytes))
    return refusal('event_too_large', '', `An event may have ${limits.eventBytes} bytes, with what its batch gives to all.`);
  const event = sanitize(raw, limits.depth) as JsonObject | undefined;
  if (event === undefined) return tooDeep;
  const { type } = event;
  if (!isEventType(type)) return refusal('unknown_type', 'type', `“type” is one of ${eventTypes.join(', ')}.`);
  const wrong = complaint(event, type, common.input.key);
  if (wrong) return wrong;
  const who = nameSender(event, { type, index, common });
  return 'refusal' in who ? who : { event: buildEvent(event, { type, who, common }) };
}

const tooDeep = refusal('too_deep', '', `Values may be nested ${limits.depth} levels.`);

interface Surroundings {
  readonly type: EventType;
  readonly index: number;
  readonly common: CommonToAll;
}

function nameSender(event: JsonObject, { type, index, common }: Surroundings): Named | Refused {
  const { input, door } = common;
  const messageId = typeof event.messageId === 'string' && event.messageId !== '' ? event.messageId : `${input.requestId}-${index}`;
  const named = identifier(event.userId);
  const userId = named !== undefined && isGarbageId(named) ? undefined : named;
  // An id such as “undefined” would make one person of a thousand: the event stays alone instead.
  const device = identifier(event.anonymousId);
  const known = device === undefined || isGarbageId(device) ? undefined : device;
  const own = objectOr(event.context);
  const shared = common.context;
  const groupId = identifier(event.groupId) ?? identifier(own.groupId) ?? identifier(shared.groupId);
  const previousId = identifier(event.previousId);
  const gone = erasedLink({ userId, device: known, previousId }, door);
  if (gone) return { ...erasedRefusal, erased: gone };
  const sender = judgeSender({ userId, groupId, own, shared }, { key: input.key, door, now: input.receivedAt });
  if ('fault' in sender) return refusal(`identity_token_${sender.fault}`, 'context.gangwayToken', faultWords[sender.fault]);
  // A device whose visitor was deleted says nothing of the user who is at it now.
  const free = known !== undefined && door.erased(`anonymous:${known}`) ? undefined : known;
  const alone = userId === undefined && !(namesNobody(event) && mayNameNobody(type, input.key));
  const anonymousId = free ?? (alone ? `lone-${messageId}` : undefined);
  return { messageId, userId, anonymousId, groupId, previousId, sender };
}

const erasedRefusal = refusal('erased_person', '', 'The person of this id was deleted here. Nothing of the event was kept.');

/** The id by which an event is of somebody who was deleted. A user id decides over a device. */
function erasedLink(
  { userId, device, previousId }: { userId: string | undefined; device: string | undefined; previousId: string | undefined },
  door: Door,
): LinkKey | undefined {
  const is = (link: LinkKey) => (door.erased(link) ? link : undefined);
  const before = previousId === undefined ? undefined : (is(`user:${previousId}`) ?? is(`anonymous:${previousId}`));
  if (before !== undefined) return before;
  return userId !== undefined ? is(`user:${userId}`) : device === undefined ? undefined : is(`anonymous:${device}`);
}

function isEventType(value: unknown): value is EventType {
  return (eventTypes as readonly unknown[]).includes(value);
}

const ids = ['userId', 'anonymousId', 'groupId', 'previousId'] as const;
const objects = ['traits', 'properties', 'context', 'integrations'] as const;

/** The first thing that makes an event useless, or undefined. */
function complaint(event: JsonObject, type: EventType, key: AcceptContext['key']): { readonly refusal: Refusal } | undefined {
  for (const member of ids) {
    const value = event[member];
    if (value === undefined || value === null || value === '') continue;
    if (typeof value !== 'string' && typeof value !== 'number') return refusal('wrong_type', member, `“${member}” is a text or a number.`);
    if (String(value).length > limits.idLength)
      return refusal('id_too_long', member, `“${member}” may have ${limits.idLength} characters.`);
  }
  for (const member of objects) {
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
