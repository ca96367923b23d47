import type { Entry, LoggedEntry } from '@gangway/product/kernel/entry.ts';
import type { AcceptedEvent } from '@gangway/product/kernel/event.ts';

/** A member of an event, null where it has none. */
type OrNull<Member extends keyof AcceptedEvent> = Exclude<AcceptedEvent[Member], undefined> | null;

/** What neighbours in a batch nearly always have in common. */
interface Common extends Pick<Entry, 'scope' | 'origin' | 'depth'>, Pick<AcceptedEvent, 'level' | 'receivedAt'> {
  readonly context: OrNull<'context'>;
  readonly integrations: OrNull<'integrations'>;
  readonly unproven: OrNull<'unproven'>;
  readonly doubt: OrNull<'doubt'>;
}

/** One event: what tells it from its neighbours, by place; its time as the distance from its receipt. */
type Row = readonly [
  messageId: string,
  sinceReceipt: number,
  type: AcceptedEvent['type'],
  userId: OrNull<'userId'>,
  event: OrNull<'event'>,
  properties: OrNull<'properties'>,
  /** What most events do without, by name. */
  rest?: Partial<AcceptedEvent>,
];

/**
 * A batch is a list. An entry as it is stands for itself, and of old that was all. A row stands for an event. An object
 * without an id says what goes for all rows behind it, as far as that is not what went before.
 */
type Element = Entry | Row | Partial<Common>;
type EventEntry = Entry & { readonly body: { readonly what: 'event' } };

/** A batch as text for {@link readBatch}: a third of what it would be with every name and every scope again and again. */
export function writeBatch(entries: readonly Entry[]): string {
  const elements: Element[] = [];
  let common: Common | undefined;
  for (const entry of entries) {
    if (!isRegular(entry)) {
      elements.push(entry);
      continue;
    }
    const own = commonOf(entry);
    const change = changeOf(common, own);
    if (change) {
      elements.push(change);
      common = own;
    }
    elements.push(rowOf(entry.body.event));
  }
  return JSON.stringify(elements);
}

/**
 * The entries of {@link writeBatch}, as they come out of JSON. What they have in common is one object.
 *
 * @param at the instant of their append
 */
export function readBatch(text: string, at: number): LoggedEntry[] {
  const entries: LoggedEntry[] = [];
  let common = {} as Common;
  for (const element of JSON.parse(text) as Element[]) {
    if (isRow(element)) entries.push(entryOf(element, common, at));
    else if ('id' in element) entries.push(logged(element, at));
    else common = { ...common, ...element };
  }
  return entries;
}

function isRow(element: Element): element is Row {
  return Array.isArray(element);
}

/** It was made this moment and nobody else has it; a copy would be a tenth of the reading. */
function logged(entry: Entry & { at?: number }, at: number): LoggedEntry {
  entry.at = at;
  return entry as LoggedEntry;
}

const idOf = (messageId: string) => `event:${messageId}`;

/** Whether a row, with what goes for it, says all of an entry: a client's event without a member that has no place there. */
function isRegular(entry: Entry): entry is EventEntry {
  const { scope, origin, depth, body } = entry;
  if (body.what !== 'event' || members(body) !== 2 || members(entry) !== 5) return false;
  const { event } = body;
  const { type, messageId, level, time, receivedAt } = event;
  if (has(scope) + has(origin) + has(depth) + has(type) + has(messageId) + has(level) !== 6) return false;
  const exact = Number.isSafeInteger(time) && Number.isSafeInteger(receivedAt) && Number.isSafeInteger(time - receivedAt);
  if (entry.id !== idOf(messageId) || !exact) return false;
  const { userId, event: name, properties, context, integrations, unproven, doubt } = event;
  const { traits, anonymousId, groupId, previousId, claimedTime } = event;
  const placed = has(userId) + has(name) + has(properties) + has(context) + has(integrations) + has(unproven) + has(doubt);
  const named = has(traits) + has(anonymousId) + has(groupId) + has(previousId) + has(claimedTime);
  return members(event) === 5 + placed + named;
}

/** Null is a value, and none that we write: such an event is kept as it is. */
function has(value: unknown): 0 | 1 {
  return value === undefined || value === null ? 0 : 1;
}

function members(object: object): number {
  let count = 0;
  for (const _ in object) count++;
  return count;
}

function commonOf({ scope, origin, depth, body: { event } }: EventEntry): Common {
  const { level, receivedAt, context = null, integrations = null, unproven = null, doubt = null } = event;
  return { scope, origin, depth, level, receivedAt, context, integrations, unproven, doubt };
}

function changeOf(before: Common | undefined, now: Common): Partial<Common> | undefined {
  if (before === undefined) return now;
  if (isSame(before, now)) return undefined;
  return Object.fromEntries(Object.entries(now).filter(([member, value]) => !isSame(before[member as keyof Common], value)));
}

/** Whether two values of JSON are written alike, with their members in the same order. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const others = Object.keys(other);
  let index = 0;
  for (const name in one) {
    if (name !== others[index++] || !isSame(one[name as keyof typeof one], other[name as keyof typeof other])) return false;
  }
  return index === others.length;
}

function rowOf(event: AcceptedEvent): Row {
  const { messageId, time, receivedAt, type, userId = null, event: name = null, properties = null } = event;
  const rest = restOf(event);
  const since = time - receivedAt;
  return rest ? [messageId, since, type, userId, name, properties, rest] : [messageId, since, type, userId, name, properties];
}

function restOf({ traits, anonymousId, groupId, previousId, claimedTime }: AcceptedEvent): Partial<AcceptedEvent> | undefined {
  if (has(traits) + has(anonymousId) + has(groupId) + has(previousId) + has(claimedTime) === 0) return undefined;
  // JSON leaves out what is undefined.
  return { traits, anonymousId, groupId, previousId, claimedTime } as Partial<AcceptedEvent>;
}

type Draft = { -readonly [Member in keyof AcceptedEvent]: AcceptedEvent[Member] };

function entryOf(row: Row, common: Common, at: number): LoggedEntry {
  const [messageId, sinceReceipt, type, userId, name, properties, rest] = row;
  const { scope, origin, depth, level, receivedAt, context, integrations, unproven, doubt } = common;
  const event: Draft = { type, messageId, time: receivedAt + sinceReceipt, receivedAt, level };
  if (userId !== null) event.userId = userId;
  if (name !== null) event.event = name;
  if (properties !== null) event.properties = properties;
  if (context !== null) event.context = context;
  if (integrations !== null) event.integrations = integrations;
  if (unproven !== null) event.unproven = unproven;
  if (doubt !== null) event.doubt = doubt;
  if (rest) Object.assign(event, rest);
  return { id: idOf(messageId), scope, origin, depth, body: { what: 'event', event }, at };
}
