import type { JsonObject } from './json.ts';

/** Characters of an id that a sender gives: of a user, of an account, of somebody who is not known. Segment's limit. */
export const longestId = 512;

/** Characters of the name of an event, a page or a screen. */
export const longestName = 200;

/** The six calls of the Segment specification. */
export const eventTypes = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
export type EventType = (typeof eventTypes)[number];

/** How sure we are who sent an event, weakest first. Stored on every event, so that it can be asked for later. */
export const identityLevels = ['anonymous', 'claimed', 'verified', 'server'] as const;
export type IdentityLevel = (typeof identityLevels)[number];

/** What can be wrong with an identity token: stable codes. */
export const tokenFaults = [
  'malformed',
  'too_large',
  'unknown_key',
  'wrong_algorithm',
  'wrong_signature',
  'wrong_audience',
  'no_subject',
  'no_expiry',
  'expired',
  'not_yet_valid',
  'lives_too_long',
  'other_user',
] as const;
export type TokenFault = (typeof tokenFaults)[number];

/**
 * An event after stage 1 (accept): one shape for all senders, sizes checked, clock corrected.
 * Absent members were not sent.
 */
export interface AcceptedEvent {
  readonly type: EventType;
  /** The sender's id, 1 to 100 characters: the key of de-duplication. */
  readonly messageId: string;
  readonly userId?: string;
  readonly anonymousId?: string;
  /** The account of a `group` call, or `context.groupId`. */
  readonly groupId?: string;
  /** The other id of an `alias` call. */
  readonly previousId?: string;
  /** The name: what `track` names, or the name of a page or screen. */
  readonly event?: string;
  readonly traits?: JsonObject;
  readonly properties?: JsonObject;
  readonly context?: JsonObject;
  /** Segment's switches for destinations, kept as they came. */
  readonly integrations?: JsonObject;
  /** When it happened, milliseconds since 1970, corrected for the sender's clock. */
  readonly time: number;
  /** When we received it, milliseconds since 1970. */
  readonly receivedAt: number;
  readonly level: IdentityLevel;
  /**
   * The environment asks for proof and this event brought none: the user and the account that it names are kept as
   * a claim, and no other person or account is read, joined or changed by it.
   */
  readonly unproven?: true;
  /** Why the identity token that came along proved nothing; the event was taken without it. */
  readonly doubt?: TokenFault;
  /** Set when the sender's time lay in the future and was brought back: what it was. */
  readonly claimedTime?: number;
}

/** A group call of a back end that names an account and nobody in it: it is about the account alone. */
export function isAboutAccountAlone(event: AcceptedEvent): boolean {
  return event.type === 'group' && event.userId === undefined && event.anonymousId === undefined;
}

/** What an event says, as reports and conditions on properties read it: the traits, where a call has those instead. */
export function propertiesOf(event: AcceptedEvent): JsonObject {
  return event.properties ?? event.traits ?? {};
}

/** The name under which an event is counted and asked for: a track's event, else a word per type. */
export function eventName(event: AcceptedEvent): string {
  if (event.type === 'track') return event.event ?? '';
  if (event.type === 'page') return 'Page Viewed';
  if (event.type === 'screen') return 'Screen Viewed';
  if (event.type === 'identify') return 'Identified';
  if (event.type === 'group') return 'Group Joined';
  return 'Aliased';
}
