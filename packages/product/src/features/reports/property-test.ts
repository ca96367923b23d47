/** What a property of an event must be. Texts compare with their case; a property that is missing or null is absent. */
export type PropertyTest =
  | { readonly type: 'equals' | 'not_equals' | 'contains'; readonly property: string; readonly value: string }
  | { readonly type: 'exists'; readonly property: string }
  | { readonly type: 'not_exists'; readonly property: string };

/** A property as analytics compare it: a text, a number, yes or no. Absent when there is none, or it is a list or an object. */
export type PropertyValue = string | number | boolean | undefined;

/** The property of a row; undefined when it is absent or has no single value. Properties that are not JSON have none. */
export function readProperty(properties: string, property: string): PropertyValue {
  const value = read(properties, property);
  return typeof value === 'object' || value === null ? undefined : (value as PropertyValue);
}

/**
 * Whether the properties pass. `equals` compares texts by their characters, numbers by value when the asked
 * value is written as a number, yes and no with `true` and `false`. `not_equals` is its opposite, so it also
 * holds for what is absent. `contains` holds for texts alone; `exists` also for lists and objects.
 */
export function passes(properties: string, test: PropertyTest): boolean {
  const found = read(properties, test.property);
  if (test.type === 'exists') return found !== undefined && found !== null;
  if (test.type === 'not_exists') return found === undefined || found === null;
  if (test.type === 'contains') return typeof found === 'string' && found.includes(test.value);
  return equals(found, test.value) === (test.type === 'equals');
}

/** The number that a text writes as JSON does; undefined when it writes none. */
export function asNumber(text: string): number | undefined {
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

function equals(found: unknown, value: string): boolean {
  if (typeof found === 'number') return found === asNumber(value);
  return typeof found === 'boolean' ? String(found) === value : found === value;
}

function read(properties: string, property: string): unknown {
  try {
    const all: unknown = JSON.parse(properties);
    const own = typeof all === 'object' && all !== null && !Array.isArray(all) && Object.hasOwn(all, property);
    return own ? (all as Readonly<Record<string, unknown>>)[property] : undefined;
  } catch {
    return undefined;
  }
}
