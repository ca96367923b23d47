/** Order keys in a millisecond. */
const ties = 4096;

/** The first order key of an instant (epoch milliseconds). */
export function firstKeyAt(instant: number): number {
  return instant * ties;
}

/** The first order key after an instant: everything that happened at it lies below. */
export function firstKeyAfter(instant: number): number {
  return (instant + 1) * ties;
}

/** The instant of an order key, epoch milliseconds. */
export function instantOf(k: number): number {
  return Math.floor(k / ties);
}
