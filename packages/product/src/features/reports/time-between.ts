/** Milliseconds between the instants of two order keys. What came second in its millisecond does not shorten it. */
export function timeBetween(from = 0, to = 0): number {
  return Math.floor(to / 4096) - Math.floor(from / 4096);
}
