const dayMs = 86_400_000;

/** The ranges that a report can be asked for, by the word in the address: so many days that end now. */
export const ranges = [
  { value: '7', label: '7 days', days: 7 },
  { value: '30', label: '30 days', days: 30 },
  { value: '56', label: '8 weeks', days: 56 },
  { value: '84', label: '12 weeks', days: 84 },
  { value: '90', label: '90 days', days: 90 },
  { value: '180', label: '6 months', days: 180 },
  { value: '365', label: '12 months', days: 365 },
] as const;
export const usualRange = '30';

/** The instants of a range that ends now, milliseconds since 1970; an unknown word is the usual range. */
export function rangeOf(word: string, now: number): { from: number; to: number } {
  const range = ranges.find((each) => each.value === word) ?? ranges[1];
  return { from: now - range.days * dayMs, to: now };
}
