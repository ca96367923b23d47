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
