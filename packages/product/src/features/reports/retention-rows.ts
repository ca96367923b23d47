import { type Periods, periodAt } from './calendar.ts';
import type { RetentionMode, RetentionRow } from './retention.ts';

/** One event of a person; both flags may hold. Events come sorted by person and order key. */
export interface RetentionEvent {
  readonly person: number;
  readonly k: number;
  readonly starts: boolean;
  readonly returns: boolean;
}

export interface RetentionShape {
  readonly mode: RetentionMode;
  /** `first`: the person's first start ever; `recurring`: every period with a start. */
  readonly entry: 'first' | 'recurring';
  readonly periods: Periods;
  readonly asOf: number;
}

/** Counts members and their returns. Events are all there are up to `asOf`, for a first start may lie before the range. */
export function countRetention(events: readonly RetentionEvent[], shape: RetentionShape): RetentionRow[] {
  const counts = new Map<string, RetentionRow>();
  for (const { cohort, start, slots } of retentionMembers(events, shape)) {
    const passed = shape.mode.type === 'rolling' ? Math.max(0, Math.floor((shape.asOf - instant(start)) / shape.mode.length)) : 0;
    for (const slot of [0, ...slots]) {
      const key = `${cohort} ${slot} ${passed}`;
      counts.set(key, { cohort, slot, passed, people: (counts.get(key)?.people ?? 0) + 1 });
    }
  }
  return [...counts.values()];
}

/** Somebody in a cohort: the order key of their start, and the slots in which they came back (unbounded: the last one). */
export interface RetentionMember {
  readonly person: number;
  readonly cohort: number;
  readonly start: number;
  readonly slots: ReadonlySet<number>;
}

/** Everybody, once a cohort. */
export function retentionMembers(events: readonly RetentionEvent[], shape: RetentionShape): RetentionMember[] {
  const people = new Map<number, RetentionEvent[]>();
  for (const event of events) {
    const own = people.get(event.person);
    if (own) own.push(event);
    else people.set(event.person, [event]);
  }
  return [...people].flatMap(([person, own]) =>
    [...startsOf(own, shape)].map(([cohort, start]) => ({ person, cohort, start, slots: slotsOf(own, { cohort, start }, shape) })),
  );
}

const instant = (k: number) => Math.floor(k / 4096);
const isInside = (period: number, { first, last }: Periods) => period >= first && period <= last;

/** Cohort → order key of the person's first start in it. */
function startsOf(own: readonly RetentionEvent[], { entry, periods }: RetentionShape): Map<number, number> {
  const starts = own.filter((event) => event.starts);
  const found = new Map<number, number>();
  for (const { k } of entry === 'first' ? starts.slice(0, 1) : starts) {
    if (instant(k) < periods.earliest || instant(k) >= periods.latest) continue;
    const cohort = periodAt(instant(k), periods);
    if (isInside(cohort, periods) && !found.has(cohort)) found.set(cohort, k);
  }
  return found;
}

function slotsOf(
  own: readonly RetentionEvent[],
  { cohort, start }: { cohort: number; start: number },
  { mode, periods }: RetentionShape,
): ReadonlySet<number> {
  const slots = new Set<number>();
  for (const { k, returns } of own) {
    if (!returns || instant(k) < periods.earliest || instant(k) >= periods.latest) continue;
    const period = periodAt(instant(k), periods);
    if (!isInside(period, periods)) continue;
    if (mode.type === 'rolling') {
      const slot = Math.floor((instant(k) - instant(start)) / mode.length);
      if (k > start && slot > 0) slots.add(slot);
    } else if (period > cohort) for (const slot of calendarSlots(period - cohort, mode)) slots.add(slot);
  }
  return mode.type === 'unbounded' && slots.size > 0 ? new Set([Math.max(...slots)]) : slots;
}

function calendarSlots(distance: number, mode: Exclude<RetentionMode, { type: 'rolling' }>): number[] {
  if (mode.type !== 'bracket') return [distance];
  return mode.brackets.flatMap(({ from, to }, index) => (distance >= from && distance < to ? [index + 1] : []));
}
