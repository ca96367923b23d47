import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import type { SignedManifest } from '@gangway/product/kernel/manifest.ts';

/** Signs a manifest's text with the environment's key: ECDSA P-256 over SHA-256, r‖s, as WebCrypto verifies it. */
export function signManifest(text: string, key: KeyObject): SignedManifest {
  return { manifest: text, signature: sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url') };
}

/** @param pkcs8 base64 of the DER form */
export function readSigningKey(pkcs8: string): KeyObject {
  return createPrivateKey({ key: Buffer.from(pkcs8, 'base64'), format: 'der', type: 'pkcs8' });
}
