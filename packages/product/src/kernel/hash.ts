/**
 * FNV-1a over UTF-16 code units, folded twice with different offsets to 64 bits, as 16 hex digits. For spreading
 * keys and for ids derived from ids; not for secrets.
 */
export function hash64(text: string): string {
  return hex(fnv1a(text, 0x811c9dc5)) + hex(fnv1a(text, 0x050c5d1f));
}

/** 32-bit FNV-1a; 0 to 2^32-1. */
export function fnv1a(text: string, offset = 0x811c9dc5): number {
  let value = offset;
  for (let index = 0; index < text.length; index++) {
    value ^= text.charCodeAt(index);
    value = Math.imul(value, 0x01000193);
  }
  return value >>> 0;
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
