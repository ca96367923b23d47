const spans: readonly (readonly [string, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** A span in the largest unit that divides it: `7 days`, `90 minutes`. */
export function describeSpan(milliseconds: number): string {
  const [unit, size] = spans.find(([, length]) => milliseconds % length === 0) ?? ['millisecond', 1];
  const count = milliseconds / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
