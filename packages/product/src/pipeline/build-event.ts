import { type AcceptedEvent, type EventType, longestName } from '../kernel/event.ts';
import { isObject, type JsonObject } from '../kernel/json.ts';
import { type CommonToAll, objectOr } from './request-parts.ts';
import { type Sender, withoutTokens } from './sender.ts';
import { correctTime } from './skew.ts';
import { truncateAddress } from './truncate-address.ts';

/** Whom an event names, as far as that makes sense, and how sure we are of it. */
export interface Named {
  readonly messageId: string;
  readonly userId: string | undefined;
  readonly anonymousId: string | undefined;
  readonly groupId: string | undefined;
  readonly previousId: string | undefined;
  readonly sender: Sender;
}

type Draft = { -readonly [Member in keyof AcceptedEvent]: AcceptedEvent[Member] };

/**
 * The one shape of a good event. Filled member by member: a literal of a dozen conditional spreads makes as many
 * objects, which was a third of stage 1.
 */
export function buildEvent(
  event: JsonObject,
  { type, who, common }: { readonly type: EventType; readonly who: Named; readonly common: CommonToAll },
): AcceptedEvent {
  const { receivedAt } = common.input;
  const original = event.originalTimestamp ?? event.timestamp;
  const { time, claimedTime } = correctTime({ original, sentAt: event.sentAt ?? common.sentAt, receivedAt });
  const built: Draft = { type, messageId: who.messageId, time, receivedAt, level: who.sender.level };
  if (who.userId !== undefined) built.userId = who.userId;
  if (who.anonymousId !== undefined) built.anonymousId = who.anonymousId;
  if (who.groupId !== undefined) built.groupId = who.groupId;
  if (who.previousId !== undefined) built.previousId = who.previousId;
  if (who.sender.unproven) built.unproven = true;
  if (who.sender.doubt !== undefined) built.doubt = who.sender.doubt;
  const name = nameOf(event);
  if (name !== undefined) built.event = name;
  if (isObject(event.traits)) built.traits = event.traits;
  if (isObject(event.properties)) built.properties = event.properties;
  const context = contextOf(merged(common.context, objectOr(event.context)), common);
  if (!isEmpty(context)) built.context = context;
  const integrations = merged(common.integrations, objectOr(event.integrations));
  if (!isEmpty(integrations)) built.integrations = integrations;
  if (claimedTime !== undefined) built.claimedTime = claimedTime;
  return built;
}

function nameOf({ event, name }: JsonObject): string | undefined {
  if (typeof event === 'string') return event;
  return typeof name === 'string' ? name.slice(0, longestName) : undefined;
}

/**
 * What was said, without tokens. The event's own address wins over the connection's; no more of either is kept than
 * its neighbourhood. The same object when it holds nothing of this.
 */
function contextOf(said: JsonObject, { input, door, neighbourhood }: CommonToAll): JsonObject {
  const safe = said.gangwayToken === undefined && said.token === undefined ? said : withoutTokens(said, door);
  const asked = input.sender && (input.sender.page || safe.direct === true) ? neighbourhood : undefined;
  if (safe.ip === undefined) return asked === undefined ? safe : { ip: asked, ...safe };
  const { ip, ...rest } = safe;
  const address = typeof ip === 'string' ? truncateAddress(ip) : asked;
  return address === undefined ? rest : { ip: address, ...rest };
}

/** What a batch says for all under what the event says itself. */
function merged(shared: JsonObject, own: JsonObject): JsonObject {
  if (isEmpty(shared)) return own;
  return isEmpty(own) ? shared : { ...shared, ...own };
}

function isEmpty(object: JsonObject): boolean {
  for (const _ in object) return false;
  return true;
}
