import { longestId, type TokenFault } from '../../kernel/event.ts';
import { isObject, type JsonObject } from '../../kernel/json.ts';

/** Clocks of two servers may differ by so much, seconds. */
const leewaySeconds = 60;
/** A token may live no longer, seconds: one that leaks is of no use for ever. */
const longestLifeSeconds = 24 * 3600;
/** Characters of a token that are read at all. */
const longestToken = 4096;

/** A JWT taken apart; nothing of it is believed yet. */
export interface TokenParts {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  /** What was signed: the first two parts as they came. */
  readonly signed: string;
  /** base64url */
  readonly signature: string;
}

/** Takes a token apart. `decode` turns base64url into text. */
export function readToken(token: string, decode: (part: string) => string): TokenParts | { readonly fault: TokenFault } {
  if (token.length > longestToken) return { fault: 'too_large' };
  const parts = token.split('.');
  const [head = '', body = '', signature = ''] = parts;
  if (parts.length !== 3 || ![head, body].every((part) => /^[\w-]+$/.test(part)) || !/^[\w-]*$/.test(signature))
    return { fault: 'malformed' };
  const header = parse(decode(head));
  const claims = parse(decode(body));
  // `crit` names extensions that must be understood; none is.
  if (!header || !claims || header.crit !== undefined) return { fault: 'malformed' };
  return { header, claims, signed: `${head}.${body}`, signature };
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What is wrong with the claims of a token whose signature fits, or undefined: `aud` names the environment (alone or
 * in a list), `sub` the user, `exp` is there and no more than {@link longestLifeSeconds} away or after `iat`.
 *
 * @param now epoch milliseconds
 */
export function claimsFault(claims: JsonObject, { environment, now }: { environment: string; now: number }): TokenFault | undefined {
  const { aud, sub, exp, nbf, iat } = claims;
  const audiences = Array.isArray(aud) ? aud : [aud];
  if (!audiences.includes(environment)) return 'wrong_audience';
  if (typeof sub !== 'string' || sub === '' || sub.length > longestId) return 'no_subject';
  if (typeof exp !== 'number') return 'no_expiry';
  const seconds = now / 1000;
  for (const start of [nbf, iat]) {
    if (start === undefined) continue;
    if (typeof start !== 'number') return 'malformed';
    if (start > seconds + leewaySeconds) return 'not_yet_valid';
  }
  if (exp <= seconds - leewaySeconds) return 'expired';
  const began = typeof iat === 'number' ? Math.min(iat, seconds) : seconds;
  return exp - began > longestLifeSeconds + leewaySeconds ? 'lives_too_long' : undefined;
}
