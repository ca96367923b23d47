import { createHmac, type KeyObject, sign } from 'node:crypto';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JWT as a customer's back end makes it. */
export function signToken(claims: object, secret: string, header: object = {}): string {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT', ...header })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** The same with a private key. */
export function signTokenWith(
  key: KeyObject,
  claims: object,
  header: { readonly alg: 'ES256' | 'EdDSA' | 'RS256'; readonly kid?: string },
): string {
  const signed = `${encode({ typ: 'JWT', ...header })}.${encode(claims)}`;
  const hash = header.alg === 'EdDSA' ? null : 'sha256';
  return `${signed}.${sign(hash, Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

/** A token of any parts, as forgers make them. */
export function forgeToken(header: object, claims: object, signature = ''): string {
  return `${encode(header)}.${encode(claims)}.${signature}`;
}
