import { hexOf } from './hex.ts';

/** Whether a text carries the environment's signature. */
export type Verify = (text: string, signature: string) => Promise<boolean>;

/**
 * ECDSA P-256 with SHA-256. Browsers offer it in secure contexts only; on plain http everything passes, and the
 * console says so once.
 *
 * @param publicKey SPKI, base64
 */
export function createVerify(publicKey: string): Verify {
  let key: Promise<CryptoKey> | undefined;
  let said = false;
  return async (text, signature) => {
    const { subtle } = crypto;
    if (!subtle) {
      if (!said) console.info('Gangway: this page is not served over https, so signatures are not checked.');
      said = true;
      return true;
    }
    try {
      key ??= subtle.importKey('spki', fromBase64(publicKey), { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
      return await subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, await key, fromBase64(signature), new TextEncoder().encode(text));
    } catch {
      return false;
    }
  };
}

/**
 * Whether a text is what a content address names: the first digits of its SHA-256, in hexadecimal. Where there is no
 * WebCrypto everything passes, as with signatures.
 */
export async function isNamed(text: string, name: string): Promise<boolean> {
  if (!crypto.subtle) return true;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return name.length >= 32 && hexOf(new Uint8Array(digest)).startsWith(name);
}

/** Base64 and base64url, with or without padding. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const plain = text.replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
}
