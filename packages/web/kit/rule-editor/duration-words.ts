/** Units in which people think of windows, longest first. */
export const durationUnits = [
  { unit: 'days', ms: 86_400_000 },
  { unit: 'hours', ms: 3_600_000 },
  { unit: 'minutes', ms: 60_000 },
] as const;
export type DurationUnit = (typeof durationUnits)[number]['unit'];

/** A length of time as an amount of the longest unit that divides it: 86,400,000 ms is 1 day. */
export function splitDuration(ms: number): { amount: number; unit: DurationUnit } {
  const fit = durationUnits.find((entry) => ms >= entry.ms && ms % entry.ms === 0);
  return fit ? { amount: ms / fit.ms, unit: fit.unit } : { amount: Math.max(1, Math.round(ms / 60_000)), unit: 'minutes' };
}

/** The reverse of {@link splitDuration}, in milliseconds. */
export function joinDuration(amount: number, unit: DurationUnit): number {
  return amount * (durationUnits.find((entry) => entry.unit === unit)?.ms ?? 0);
}

/** `7 days`, `1 hour`. */
export function durationWords(ms: number): string {
  const { amount, unit } = splitDuration(ms);
  return `${amount.toLocaleString('en')} ${amount === 1 ? unit.slice(0, -1) : unit}`;
}

/** A measured time, to two units at most: `2 d 4 h`, `13 min`, `under a second`. Milliseconds in. */
export function measuredWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 1) return 'under a second';
  const parts = [
    { amount: Math.floor(seconds / 86_400), word: 'd' },
    { amount: Math.floor(seconds / 3600) % 24, word: 'h' },
    { amount: Math.floor(seconds / 60) % 60, word: 'min' },
    { amount: seconds % 60, word: 's' },
  ];
  const first = parts.findIndex((part) => part.amount > 0);
  return parts
    .slice(first, first + 2)
    .filter((part) => part.amount > 0)
    .map((part) => `${part.amount} ${part.word}`)
    .join(' ');
}
