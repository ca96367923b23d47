import type { Json } from '../../kernel/json.ts';

/** Names of members that are kept as bytes, and how long they may be: most documents have the same ones. */
const keptNames = 10_000;
const keptLength = 200;

const [colon, percent, zero] = [0x3a, 0x25, 0x30];
const billion = 1_000_000_000;

/**
 * JSON in UTF-8, written piece by piece. For documents that are written at every event and are mostly numbers: to make
 * a copy in the form that the store keeps, and to let `JSON.stringify` read it again, takes twice as long.
 */
export class JsonText {
  #bytes = new Uint8Array(1_024);
  #length = 0;
  readonly #names = new Map<string, Uint8Array>();

  /** Bytes written so far. */
  get length(): number {
    return this.#length;
  }

  toString(): string {
    let encoded = '';
    for (const byte of this.between(0, this.#length))
      encoded += byte < 0x80 && byte !== percent ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`;
    return decodeURIComponent(encoded);
  }

  /** What was written between two lengths; valid until something else is written. */
  between(from: number, to: number): Uint8Array {
    return this.#bytes.subarray(from, to);
  }

  clear(): void {
    this.#length = 0;
  }

  /** What stands between names and values; whoever writes sees to it that it is where it belongs. */
  sign(sign: '{' | '}' | '[' | ']' | ',' | '-'): void {
    this.#makeRoom(1);
    this.#bytes[this.#length++] = sign.charCodeAt(0);
  }

  /** A member's name in quotes, and a colon. */
  name(name: string): void {
    this.#quoted(name);
    this.#bytes[this.#length++] = colon;
  }

  /** A list of texts that many documents have. */
  strings(list: readonly string[]): void {
    this.sign('[');
    for (let index = 0; index < list.length; index++) {
      if (index > 0) this.sign(',');
      this.#quoted(list[index] ?? '');
    }
    this.sign(']');
  }

  /** In quotes, with room for a sign behind it. */
  #quoted(name: string): void {
    const bytes = this.#names.get(name) ?? this.#keep(name);
    this.#makeRoom(bytes.length + 1);
    const into = this.#bytes;
    let at = this.#length;
    // Names are short: the loop is quicker than a call that copies.
    for (let index = 0; index < bytes.length; index++) into[at++] = bytes[index] ?? 0;
    this.#length = at;
  }

  /** A number; as `JSON.stringify` writes it, also where it is not whole. */
  number(value: number): void {
    if (!Number.isSafeInteger(value)) {
      this.value(value);
      return;
    }
    if (value < 0) this.sign('-');
    const size = Math.abs(value);
    if (size < billion) {
      this.#digits(size, digitsOf(size));
      return;
    }
    // In two parts or three, each of which the processor divides as a small integer.
    const high = Math.floor(size / billion);
    if (high < billion) this.#digits(high, digitsOf(high));
    else this.number(high);
    this.#digits(size - high * billion, 9);
  }

  /** Anything else. */
  value(value: Json): void {
    this.#text(JSON.stringify(value));
  }

  #digits(value: number, digits: number): void {
    this.#makeRoom(digits);
    const into = this.#bytes;
    const begin = this.#length;
    let left = value | 0;
    for (let at = begin + digits - 1; at >= begin; at--) {
      const tenth = (left / 10) | 0;
      into[at] = zero + left - tenth * 10;
      left = tenth;
    }
    this.#length = begin + digits;
  }

  /** @param text as `JSON.stringify` makes it: halves of characters are escaped there */
  #text(text: string): void {
    this.#makeRoom(text.length * 3);
    this.#length = encode(text, this.#bytes, this.#length);
  }

  #keep(name: string): Uint8Array {
    const text = JSON.stringify(name);
    const bytes = new Uint8Array(text.length * 3);
    const kept = bytes.slice(0, encode(text, bytes, 0));
    // Names come from senders: when there are too many, those in use come again by themselves; long ones are not many people's.
    if (kept.length > keptLength) return kept;
    if (this.#names.size >= keptNames) this.#names.clear();
    this.#names.set(name, kept);
    return kept;
  }

  #makeRoom(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** What is written, as one text. */
export function textOf(write: (text: JsonText) => void): string {
  const text = new JsonText();
  write(text);
  return text.toString();
}

/** UTF-8; a pair of halves, which takes two places of the text, becomes four bytes. Gives the offset after it. */
function encode(text: string, into: Uint8Array, offset: number): number {
  let at = offset;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) into[at++] = unit;
    else if (unit < 0x800) {
      into[at++] = 0xc0 | (unit >> 6);
      into[at++] = 0x80 | (unit & 63);
    } else if (unit < 0xd800 || unit > 0xdfff) {
      into[at++] = 0xe0 | (unit >> 12);
      into[at++] = 0x80 | ((unit >> 6) & 63);
      into[at++] = 0x80 | (unit & 63);
    } else {
      const point = 0x10000 + ((unit & 0x3ff) << 10) + (text.charCodeAt(++index) & 0x3ff);
      into[at++] = 0xf0 | (point >> 18);
      into[at++] = 0x80 | ((point >> 12) & 63);
      into[at++] = 0x80 | ((point >> 6) & 63);
      into[at++] = 0x80 | (point & 63);
    }
  }
  return at;
}

/** Of a whole number from 0 to below a billion. */
function digitsOf(value: number): number {
  if (value < 1_000) return value < 10 ? 1 : value < 100 ? 2 : 3;
  if (value < 1_000_000) return value < 10_000 ? 4 : value < 100_000 ? 5 : 6;
  return value < 10_000_000 ? 7 : value < 100_000_000 ? 8 : 9;
}
