import { hexOf } from './hex.ts';

/** A random id that nothing else has: 128 bits in hexadecimal. Also on plain http, where browsers make no UUIDs. */
export function newId(): string {
  return hexOf(crypto.getRandomValues(new Uint8Array(16)));
}
