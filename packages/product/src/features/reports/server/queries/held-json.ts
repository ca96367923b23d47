import { readProperty } from '../../property-test.ts';

/** JSON of a property of a row in memory, as engines give it; null where it is absent or was not asked for. */
export function heldJson(properties: string, property: string | undefined): string | null {
  const value = property === undefined ? undefined : readProperty(properties, property);
  return value === undefined ? null : JSON.stringify(value);
}
