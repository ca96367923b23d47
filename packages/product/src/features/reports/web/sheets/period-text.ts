type Unit = 'day' | 'week' | 'month';

/** The period that begins at an instant, as a zone's people call it: “5 Jan”, “week of 5 Jan”, “Jan 2026”. */
export function periodText(start: number, unit: Unit, timeZone: string): string {
  if (unit === 'month') return new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone }).format(start);
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone }).format(start);
}

/** The same in a sentence. */
export function periodWords(start: number, unit: Unit, timeZone: string): string {
  const text = periodText(start, unit, timeZone);
  return unit === 'week' ? `the week of ${text}` : text;
}
