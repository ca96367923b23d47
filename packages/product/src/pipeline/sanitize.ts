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
  let changed = false;
  const entries: [string, Json][] = [];
  for (const [key, item] of Object.entries(object)) {
    if (forbidden.has(key)) {
      changed = true;
      continue;
    }
    const clean = sanitize(item, depth - 1);
    if (clean === undefined) return undefined;
    const cleanKey = cleanText(key);
    changed ||= clean !== item || cleanKey !== key;
    entries.push([cleanKey, clean]);
  }
  return changed ? Object.fromEntries(entries) : object;
}

const nul = String.fromCharCode(0);
/** NUL, and halves of surrogate pairs that have lost the other. */
const unstorable = new RegExp(`${nul}|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]`);
const everyUnstorable = new RegExp(unstorable.source, 'g');

function cleanText(text: string): string {
  return unstorable.test(text) ? text.replace(everyUnstorable, '\ufffd') : text;
}
