import { isObject, type Json, type JsonObject } from '../kernel/json.ts';

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * A copy that every store can hold: keys that could reach a prototype are dropped, NUL and lone surrogates
 * become U+FFFD. Undefined when values are nested deeper than `depth`. Returns the same object when nothing
 * had to change.
 */
export function sanitize(value: Json, depth: number): Json | undefined {
  if (depth < 0) return undefined;
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return sanitizeList(value as readonly Json[], depth);
  return isObject(value) ? sanitizeObject(value, depth) : value;
}

function sanitizeList(list: readonly Json[], depth: number): Json | undefined {
  let changed = false;
  const copy: Json[] = [];
  for (const item of list) {
    const clean = sanitize(item, depth - 1);
    if (clean === undefined) return undefined;
    changed ||= clean !== item;
    copy.push(clean);
  }
  return changed ? copy : list;
}

function sanitizeObject(object: JsonObject, depth: number): Json | undefined {
  // Nearly every object is clean, and then nothing is made for it.
  let copy: [string, Json][] | undefined;
  for (const key in object) {
    const item = object[key] as Json;
    if (forbidden.has(key)) {
      copy ??= membersBefore(object, key);
      continue;
    }
    const clean = sanitize(item, depth - 1);
    if (clean === undefined) return undefined;
    const cleanKey = cleanText(key);
    if (clean !== item || cleanKey !== key) copy ??= membersBefore(object, key);
    copy?.push([cleanKey, clean]);
  }
  return copy ? Object.fromEntries(copy) : object;
}

function membersBefore(object: JsonObject, end: string): [string, Json][] {
  const members: [string, Json][] = [];
  for (const key in object) {
    if (key === end) break;
    members.push([key, object[key] as Json]);
  }
  return members;
}

const nul = String.fromCharCode(0);
/** NUL, and halves of surrogate pairs that have lost the other. */
const unstorable = new RegExp(`${nul}|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]`);
const everyUnstorable = new RegExp(unstorable.source, 'g');

function cleanText(text: string): string {
  return mayBeUnstorable(text) && unstorable.test(text) ? text.replace(everyUnstorable, '\ufffd') : text;
}

/** Nearly every text is short and has no such letter: looking at each is several times as fast as asking the expression. */
function mayBeUnstorable(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0 || (code >= 0xd800 && code <= 0xdfff)) return true;
  }
  return false;
}
