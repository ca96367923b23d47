import { hexOf } from './hex.ts';

/** A random UUID (version 4, 120 of its bits random), also on plain http, where browsers make none. */
export function newId(): string {
  return hexOf(crypto.getRandomValues(new Uint8Array(16))).replace(/(.{8})(.{4}).(.{3}).(.{3})/, '$1-$2-4$3-a$4-');
}
