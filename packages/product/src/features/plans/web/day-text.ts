/** A civil day (`YYYY-MM-DD`) as a person reads it: “3 Dec”, with the year when it is another one than `year`. */
export function dayText(day: string, year: number): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  const other = day.slice(0, 4) !== String(year);
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(other ? { year: 'numeric' } : {}),
    timeZone: 'UTC',
  }).format(at);
}

/** The civil day at an instant in a zone, `YYYY-MM-DD`. `at` in milliseconds since 1970. */
export function dayAt(at: number, timeZone: string | undefined): string {
  // The Swedish locale writes dates in the ISO order.
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', ...(timeZone === undefined ? {} : { timeZone }) }).format(at);
}
