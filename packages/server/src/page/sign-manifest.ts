import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import type { Manifest, SignedManifest } from '@gangway/product/kernel/manifest.ts';

/** Signs with the environment's key: ECDSA P-256 over SHA-256, r‖s, as WebCrypto verifies it. */
export function signManifest(manifest: Manifest, key: KeyObject): SignedManifest {
  const text = JSON.stringify(manifest);
  return { manifest: text, signature: sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url') };
}

/** @param pkcs8 base64 of the DER form */
export function readSigningKey(pkcs8: string): KeyObject {
  return createPrivateKey({ key: Buffer.from(pkcs8, 'base64'), format: 'der', type: 'pkcs8' });
}
