/** Any value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
/** A JSON object. Keys are the sender's own words, so treat every value as unknown until narrowed. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** True for a plain JSON object (neither null nor a list). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * One spelling for equal values: keys sorted, no white space. Used wherever a hash or a comparison must not
 * depend on the order in which somebody wrote an object.
 */
export function canonical(value: Json | undefined): string {
  if (value === undefined) return 'null';
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item as Json)).join(',')}]`;
  if (isObject(value)) {
    const pairs = Object.keys(value)
      .sort()
      .filter((key) => value[key] !== undefined)
      .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
    return `{${pairs.join(',')}}`;
  }
  return JSON.stringify(value);
}
