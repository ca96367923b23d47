import type { PortalTask } from '../contract.ts';

const dayMs = 86_400_000;

/** The reader's own way to write dates, in English words because the rest of the page is English. */
const locale = () => {
  const own = new Intl.DateTimeFormat().resolvedOptions().locale;
  return own.startsWith('en') ? own : 'en-GB';
};

/** The reader's civil day of an instant, `YYYY-MM-DD`. */
export function dayOf(instant: number): string {
  const date = new Date(instant);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Days from `today` to `day`, both `YYYY-MM-DD`; negative in the past. Civil days, so no clock change can shift them. */
export function daysUntil(day: string, today: string): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / dayMs);
}

/** `Friday 27 November` or the like. */
export function longDay(day: string): string {
  return format(day, { weekday: 'long', day: 'numeric', month: 'long' });
}

/** `Fri 27 Nov` or the like. */
export function shortDay(day: string): string {
  return format(day, { weekday: 'short', day: 'numeric', month: 'short' });
}

function format(day: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale(), { ...options, timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`));
}

/** When a task is or was due, seen from today. The server's `late` wins, because it knows the workspace's zone. */
export function dueWords(task: PortalTask, today: string): string {
  if (task.doneAt !== null) return `Done ${shortDay(dayOf(task.doneAt))}`;
  if (task.status === 'done') return 'Done';
  const days = daysUntil(task.due, today);
  if (task.status === 'late') return days === -1 ? '1 day late' : days < 0 ? `${-days} days late` : 'Late';
  if (days === 0) return 'Due today';
  if (days === 1) return 'Due tomorrow';
  return `Due ${shortDay(task.due)}`;
}

/** `About 5 minutes`, `About 2 hours`; undefined when no time was given. */
export function effortWords(minutes: number): string | undefined {
  if (minutes <= 0) return undefined;
  if (minutes < 90) return minutes === 1 ? 'About 1 minute' : `About ${minutes} minutes`;
  return `About ${Math.round(minutes / 30) / 2} hours`;
}
