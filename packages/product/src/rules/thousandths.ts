/** The largest number that a sum takes, and that one is compared with. */
export const largestSum = 9e12;

/**
 * A number as sums take it: whole thousandths, so that the order of addition does not matter and every engine
 * comes to the same sum. Half a thousandth is rounded up. 0 for what is no number, and for a number beyond nine
 * trillion, which could not be kept exactly.
 */
export function thousandths(value: unknown): number {
  return typeof value === 'number' && Math.abs(value) <= largestSum ? Math.floor(value * 1000 + 0.5) : 0;
}
