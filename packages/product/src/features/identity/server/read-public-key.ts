import { createPublicKey, type KeyObject } from 'node:crypto';
import { Problem } from '../../../kernel/problem.ts';
import type { TokenAlgorithm } from '../contract.ts';

const smallestRsa = 2048;

/** A pasted public key and the algorithm it is for. Throws a Problem that says what to paste instead. */
export function readPublicKey(pem: string): { readonly algorithm: Exclude<TokenAlgorithm, 'HS256'>; readonly spki: string } {
  if (pem.includes('PRIVATE KEY'))
    throw new Problem(
      'private_key_pasted',
      400,
      'This is a private key. It was not kept. It belongs on your server alone: make a new pair, and paste its public key here.',
    );
  const key = parse(pem);
  const algorithm = key && algorithmOf(key);
  if (!key || !algorithm)
    throw new Problem(
      'unsupported_public_key',
      400,
      'This is no public key that can be used. Paste a PEM that begins with “-----BEGIN PUBLIC KEY-----”: P-256, Ed25519, or RSA of at least 2,048 bits.',
    );
  return { algorithm, spki: key.export({ format: 'der', type: 'spki' }).toString('base64') };
}

function parse(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): Exclude<TokenAlgorithm, 'HS256'> | undefined {
  if (asymmetricKeyType === 'ed25519') return 'EdDSA';
  if (asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1') return 'ES256';
  return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= smallestRsa ? 'RS256' : undefined;
}
