import { isObject, type JsonObject } from '@gangway/product/kernel/json.ts';
import { Problem } from '@gangway/product/kernel/problem.ts';

/** More brackets than this, one inside the other, are an attack. */
const maximumDepth = 200;

/** Parses a body that must be an object. Depth is counted on the text, so that no parser can be made to overflow. */
export function parseJsonObject(text: string): JsonObject {
  if (isTooDeep(text)) throw new Problem('too_deep', 400, `JSON may be nested ${maximumDepth} levels. Nothing of it was kept.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Problem(
      'invalid_json',
      400,
      `The body is not valid JSON (${error instanceof Error ? error.message : 'unreadable'}). Nothing of it was kept.`,
    );
  }
  if (!isObject(value)) throw new Problem('not_an_object', 400, 'The body is a JSON object. Nothing of it was kept.');
  return value;
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x22) index = endOfText(text, index);
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > maximumDepth) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return false;
}

/** Where the text that begins at a quote ends. Most of a body is in texts: a loop that asks one thing is twice as fast. */
function endOfText(text: string, begin: number): number {
  let index = begin + 1;
  for (let code = text.charCodeAt(index); index < text.length && code !== 0x22; code = text.charCodeAt(++index)) {
    if (code === 0x5c) index++;
  }
  return index;
}
