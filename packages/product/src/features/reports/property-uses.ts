import { compareText } from './property-groups.ts';

/** A property and some of its values, the most frequent first. */
export interface PropertyUse {
  readonly name: string;
  readonly values: readonly string[];
}

const valuesKept = 10;

/** What is found in JSON texts of properties; the most frequent property first. Lists and objects have no values here. */
export function propertyUses(texts: readonly string[]): PropertyUse[] {
  const found = new Map<string, Map<string, number>>();
  const counts = new Map<string, number>();
  for (const [name, value] of texts.flatMap(entriesOf)) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
    const values = found.get(name) ?? new Map<string, number>();
    found.set(name, values);
    if (typeof value === 'object') continue;
    values.set(String(value), (values.get(String(value)) ?? 0) + 1);
  }
  return byCount(counts).map((name) => ({ name, values: byCount(found.get(name) ?? new Map()).slice(0, valuesKept) }));
}

function entriesOf(text: string): [string, unknown][] {
  try {
    const all: unknown = JSON.parse(text);
    return typeof all === 'object' && all !== null && !Array.isArray(all) ? Object.entries(all) : [];
  } catch {
    return [];
  }
}

function byCount(counts: ReadonlyMap<string, number>): string[] {
  return [...counts].sort(([a, left], [b, right]) => right - left || compareText(a, b)).map(([name]) => name);
}
