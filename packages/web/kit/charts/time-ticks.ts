const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const steps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 5, 7, 14, 30, 60, 90, 180, 365, 730].map((count) => count * day),
];
/** Stretches between ticks at most. */
const most = 7;

export interface TimeTick {
  /** Milliseconds. */
  readonly at: number;
  /** “0”, “30 s”, “5 min”, “12 h”, “7 days”. */
  readonly text: string;
}

/** Round instants on an axis of lengths of time, from 0 to at most `longest` milliseconds, all in one unit. */
export function timeTicks(longest: number): readonly TimeTick[] {
  const step = steps.find((each) => longest / each <= most) ?? Math.ceil(longest / most / day) * day;
  return Array.from({ length: Math.floor(longest / step) + 1 }, (_, index) => ({ at: index * step, text: textOf(index * step, step) }));
}

function textOf(at: number, step: number): string {
  if (at === 0) return '0';
  if (step < minute) return `${at / second} s`;
  if (step < hour) return `${at / minute} min`;
  if (step < day) return `${at / hour} h`;
  return at === day ? '1 day' : `${at / day} days`;
}
