import type { Json, JsonObject } from '../kernel/json.ts';

/** Bytes of a text in UTF-8. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    // Each half of a pair is two of its four bytes.
    const half = code >= 0xd800 && code <= 0xdfff;
    bytes += code < 0x80 ? 1 : code < 0x800 || half ? 2 : 3;
  }
  return bytes;
}

/**
 * Whether a value's JSON has more bytes than `most`. Exact, and cheap for what is far below: only what might have
 * more is written to be counted.
 */
export function exceedsBytes(value: Json, most: number): boolean {
  return roomLeft(value, most) < 0 && byteLength(JSON.stringify(value)) > most;
}

/** What is left of `room` bytes when every letter takes the six of an escape, and every number the most digits. Stops below 0. */
function roomLeft(value: Json, room: number): number {
  if (typeof value === 'string') return room - 6 * value.length - 2;
  if (typeof value !== 'object' || value === null) return room - longestNumber;
  let left = room - 2;
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) {
      left = roomLeft(item, left - 1);
      if (left < 0) return left;
    }
    return left;
  }
  const object = value as JsonObject;
  for (const key in object) {
    left = roomLeft(object[key] as Json, left - 6 * key.length - 4);
    if (left < 0) return left;
  }
  return left;
}

/** `-0.0000012345678901234567` and one to spare. */
const longestNumber = 26;
