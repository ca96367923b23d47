import { canonical, isObject, type Json, type JsonObject } from '@gangway/product/kernel/json.ts';
import type { Names } from '@gangway/product/rules/describe.ts';
import type { Rule } from '@gangway/product/rules/rule.ts';
import { ruleSentence } from '../rule-editor/rule-words.ts';

export interface ChangeWords {
  /** Lists with identity, by key: `{ steps: 'Step' }`. */
  readonly parts: Readonly<Record<string, string>>;
  /** How ids in rules become words. */
  readonly names: Names;
}

/**
 * What differs between two bodies, a sentence each, in the order of the fields. Parts are followed by their `id`,
 * so a moved step is moved, not changed.
 */
export function listChanges(before: Json, after: Json, words: ChangeWords): string[] {
  return isObject(before) && isObject(after) ? objectChanges(before, after, words) : [];
}

function objectChanges(before: JsonObject, after: JsonObject, words: ChangeWords): string[] {
  const keys = [...new Set([...Object.keys(after), ...Object.keys(before)])].filter((key) => key !== 'id');
  return keys.flatMap((key) => {
    const [old, next] = [before[key], after[key]];
    if (canonical(old) === canonical(next)) return [];
    const part = words.parts[key];
    if (part && Array.isArray(old) && Array.isArray(next)) return partChanges(part, parts(old), parts(next), words);
    return [fieldChange(key, old, next, words)];
  });
}

function parts(list: readonly Json[]): JsonObject[] {
  return list.filter(isObject);
}

function partChanges(word: string, before: readonly JsonObject[], after: readonly JsonObject[], words: ChangeWords): string[] {
  const old = new Map(before.map((part) => [part.id, part]));
  const kept = new Set(after.map((part) => part.id));
  const changed = after.flatMap((part) => {
    const was = old.get(part.id);
    if (!was) return [`${word} added: ${partName(part)}`];
    return objectChanges(was, part, words).map((line) => `${word} ${partName(part)}: ${line.charAt(0).toLowerCase()}${line.slice(1)}`);
  });
  const removed = before.filter((part) => !kept.has(part.id)).map((part) => `${word} removed: ${partName(part)}`);
  const order = (list: readonly JsonObject[]) => list.filter((part) => kept.has(part.id) && old.has(part.id)).map((part) => part.id);
  const moved = canonical(order(before) as Json) === canonical(order(after) as Json) ? [] : [`${word} order changed`];
  return [...changed, ...removed, ...moved];
}

function partName(part: JsonObject): string {
  const name = part.title ?? part.name ?? part.label ?? part.id;
  return typeof name === 'string' && name !== '' ? `“${name}”` : 'without a title';
}

function fieldChange(key: string, before: Json | undefined, after: Json | undefined, words: ChangeWords): string {
  const label = key.replace(/([A-Z])/g, ' $1').toLowerCase();
  const title = label.charAt(0).toUpperCase() + label.slice(1);
  if (key === 'rule' || key === 'audience') {
    return `${title}: now ${ruleSentence(after as unknown as Rule, words.names)}`;
  }
  if (key === 'holdout') return `${title}: ${percentWords(before)} → ${percentWords(after)}`;
  if (isPlain(before) && isPlain(after)) return `${title}: ${valueWords(before)} → ${valueWords(after)}`;
  return `${title} changed`;
}

/** Absent means that nobody is held out. */
function percentWords(value: Json | undefined): string {
  return `${value ?? 0} %`;
}

function isPlain(value: Json | undefined): value is string | number | boolean | undefined {
  return value === undefined || (typeof value !== 'object' && String(value).length <= 60);
}

function valueWords(value: string | number | boolean | undefined): string {
  if (value === undefined || value === '') return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'number' ? String(value) : `“${value}”`;
}
