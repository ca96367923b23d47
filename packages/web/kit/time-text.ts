const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, or until: “just now”, “4 min ago”, “in 3 h”, “12 days ago”; a date beyond 30 days. */
export function relativeText(at: number, now: number, timeZone?: string): string {
  const distance = Math.abs(now - at);
  if (distance < 45_000) return 'just now';
  if (distance > 30 * day)
    return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', ...zone(timeZone) }).format(at);
  const amount = amountText(distance);
  return at > now ? `in ${amount}` : `${amount} ago`;
}

function amountText(distance: number): string {
  if (distance < hour) return `${Math.max(1, Math.round(distance / minute))} min`;
  if (distance < day) return `${Math.round(distance / hour)} h`;
  const days = Math.round(distance / day);
  return days === 1 ? '1 day' : `${days} days`;
}

/** The full instant in the workspace's zone: “Sat, 21 Nov 2026, 21:08:14 UTC”. */
export function exactText(at: number, timeZone?: string): string {
  const format = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  } as const;
  return new Intl.DateTimeFormat('en-GB', { ...format, ...zone(timeZone) }).format(at);
}

/** The time of day in the workspace's zone: “21:08:14”. */
export function clockText(at: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', ...zone(timeZone) }).format(at);
}

/** The time of day, and the day before it when that is not today: “21:08:14”, “15 Nov, 16:53”. */
export function momentText(at: number, now: number, timeZone?: string): string {
  const dayOf = (instant: number) => new Intl.DateTimeFormat('en-CA', zone(timeZone)).format(instant);
  if (dayOf(at) === dayOf(now)) return clockText(at, timeZone);
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', ...zone(timeZone) }).format(
    at,
  );
}

/** A length of time in words, from milliseconds: “45 s”, “3 min”, “2.5 h”, “7 days”. */
export function durationText(length: number): string {
  if (length < 90_000) return `${Math.round(length / 1000)} s`;
  if (length < 90 * minute) return `${Math.round(length / minute)} min`;
  if (length < 48 * hour) return `${trimmed(length / hour)} h`;
  return `${trimmed(length / day)} days`;
}

function trimmed(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}

function zone(timeZone: string | undefined): { timeZone?: string } {
  return timeZone === undefined ? {} : { timeZone };
}
