import type { Door } from '../kernel/door.ts';
import type { IdentityLevel, TokenFault } from '../kernel/event.ts';
import type { Json, JsonObject } from '../kernel/json.ts';

/** How sure we are who sent an event; see the members of the same names in `AcceptedEvent`. */
export interface Sender {
  readonly level: IdentityLevel;
  readonly unproven?: true;
  readonly doubt?: TokenFault;
}

/** Who an event says it is from, and where a token can be. */
export interface SenderSaid {
  readonly userId: string | undefined;
  readonly groupId: string | undefined;
  /** The event's own context, and the one that its batch gives to all. */
  readonly own: JsonObject;
  readonly shared: JsonObject;
}

interface Judge {
  readonly key: 'public' | 'secret';
  readonly door: Door;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * The identity level of an event, or why its token makes it refused. A secret key vouches for everything. With the
 * public key a user id is a claim until a token for that very user proves it. Where proof is required, a token that
 * proves nothing refuses the event, and no token makes it unproven; where it is not, both are claims as ever.
 */
export function judgeSender(said: SenderSaid, { key, door, now }: Judge): Sender | { readonly fault: TokenFault } {
  if (key === 'secret') return { level: 'server' };
  const required = door.mode === 'required';
  if (said.userId === undefined) return { level: 'anonymous', ...(required && said.groupId !== undefined ? { unproven: true } : {}) };
  const fault = proofFault(said, door, now);
  if (fault === undefined) return { level: 'verified' };
  if (fault !== 'none' && required) return { fault };
  return { level: 'claimed', ...(required ? { unproven: true } : {}), ...(fault === 'none' ? {} : { doubt: fault }) };
}

/** Undefined = proved. `none` = nothing was brought for this user. */
function proofFault({ userId, own, shared }: SenderSaid, door: Door, now: number): TokenFault | 'none' | undefined {
  const mine = tokenIn(own, door);
  const token = mine ?? tokenIn(shared, door);
  if (token === undefined) return 'none';
  const proof = door.prove(token, now);
  if ('fault' in proof) return proof.fault;
  if (proof.userId === userId) return undefined;
  // A batch may hold events of the user before: its token is not theirs, which is no attempt at anything.
  return mine === undefined ? 'none' : 'other_user';
}

/** `context.gangwayToken`, or Segment's clients' `context.token` where the environment takes tokens. */
function tokenIn(context: JsonObject, door: Door): string | undefined {
  const found = context.gangwayToken ?? (door.takesTokens ? context.token : undefined);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** A context as it may be kept: tokens open doors, so none is ever stored. */
export function withoutTokens(context: JsonObject, door: Door): JsonObject {
  const { gangwayToken, token, ...rest } = context;
  return door.takesTokens || token === undefined ? rest : { ...rest, token: token as Json };
}

/** What a fault means, for whoever sent the token. */
export const faultWords: Readonly<Record<TokenFault, string>> = {
  malformed: 'The identity token is not a JWT: three parts of base64url, with JSON objects in the first two.',
  too_large: 'The identity token is larger than 4,096 characters.',
  unknown_key: 'The identity token was signed with a key that this environment does not have, or no longer has.',
  wrong_algorithm: 'The identity token names another algorithm than its key is for.',
  wrong_signature: 'The signature of the identity token does not fit.',
  wrong_audience: 'The identity token is for another environment: “aud” is the id of this one.',
  no_subject: 'The identity token names no user: “sub” is the user id, a text.',
  no_expiry: 'The identity token never ends: “exp” is required, in seconds since 1970.',
  expired: 'The identity token has expired. Ask your server for a new one.',
  not_yet_valid: 'The identity token is not valid yet: “nbf” or “iat” lies in the future.',
  lives_too_long: 'The identity token lives longer than 24 hours.',
  other_user: 'The identity token is for another user than the event names.',
};
