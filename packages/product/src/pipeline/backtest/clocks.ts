import type { LoggedEntry } from '../../kernel/entry.ts';
import type { EventEntry } from '../entry-body.ts';
import { floorOf, type Watched } from './watched.ts';

/** Later than this after it happened, an event was brought in rather than sent: it is taken at the instant it happened. */
const lateAfter = 86_400_000;

/** Whether an event was brought in long after it happened. */
export function isLate(entry: LoggedEntry): entry is EventEntry {
  return entry.body.what === 'event' && entry.at - entry.body.event.time > lateAfter;
}

/** The instant of an entry: never before what was done to its subjects. */
export function clockOf(entry: LoggedEntry, subjects: readonly Watched[]): number {
  let at = isLate(entry) ? entry.body.event.time : entry.at;
  for (const each of subjects) at = Math.max(at, floorOf(each));
  return at;
}

/** When time alone could next change what was seen of a subject. */
export function turnOf({ seen }: Watched): number {
  let turn = Number.POSITIVE_INFINITY;
  for (const { until } of seen) if (until !== undefined && until < turn) turn = until;
  return turn;
}

/** When a subject is next woken. */
export function wakeOf(watched: Watched): number {
  let first = Number.POSITIVE_INFINITY;
  const untils = watched.row()?.doc.untils;
  for (const key in untils) {
    const until = untils[key];
    if (until !== undefined && until < first) first = until;
  }
  return first;
}
