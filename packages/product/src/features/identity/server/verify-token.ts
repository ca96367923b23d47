import { createHmac, createPublicKey, type KeyObject, timingSafeEqual, verify } from 'node:crypto';
import type { Proof } from '../../../kernel/door.ts';
import type { TokenAlgorithm } from '../contract.ts';
import { claimsFault, readToken, type TokenParts } from '../token-claims.ts';

/** A key that may sign identity tokens, ready to verify. */
export interface TokenKey {
  readonly id: string;
  readonly algorithm: TokenAlgorithm;
  fits(signed: string, signature: Buffer): boolean;
}

/** HS256: the key is the secret's text as UTF-8, as JWT libraries take it. */
export function sharedKey(id: string, secret: string): TokenKey {
  return {
    id,
    algorithm: 'HS256',
    fits: (signed, signature) => {
      const expected = createHmac('sha256', secret).update(signed).digest();
      return signature.length === expected.length && timingSafeEqual(signature, expected);
    },
  };
}

/** @param spki base64 of the DER form */
export function publicKey(id: string, algorithm: Exclude<TokenAlgorithm, 'HS256'>, spki: string): TokenKey {
  const key = createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' });
  return { id, algorithm, fits: (signed, signature) => fits[algorithm](key, Buffer.from(signed), signature) };
}

const fits: Readonly<Record<Exclude<TokenAlgorithm, 'HS256'>, (key: KeyObject, signed: Buffer, signature: Buffer) => boolean>> = {
  ES256: (key, signed, signature) => signature.length === 64 && verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature),
  EdDSA: (key, signed, signature) => verify(null, signed, key, signature),
  RS256: (key, signed, signature) => verify('sha256', signed, key, signature),
};

/**
 * Whom a JWT speaks for. The key decides the algorithm, never the token: what the header says is only compared. A
 * token with `kid` is tried against that key alone, one without against all.
 *
 * @param now epoch milliseconds
 */
export function verifyToken(token: string, keys: readonly TokenKey[], where: { environment: string; now: number }): Proof {
  const parts = readToken(token, (part) => Buffer.from(part, 'base64url').toString('utf8'));
  if ('fault' in parts) return parts;
  const fault = signatureFault(parts, keys) ?? claimsFault(parts.claims, where);
  return fault === undefined ? { userId: String(parts.claims.sub) } : { fault };
}

function signatureFault({ header, signed, signature }: TokenParts, keys: readonly TokenKey[]) {
  const named = header.kid === undefined ? keys : keys.filter(({ id }) => id === header.kid);
  if (named.length === 0) return 'unknown_key';
  const able = named.filter(({ algorithm }) => algorithm === header.alg);
  if (able.length === 0) return 'wrong_algorithm';
  const bytes = Buffer.from(signature, 'base64url');
  return able.some((key) => key.fits(signed, bytes)) ? undefined : 'wrong_signature';
}
