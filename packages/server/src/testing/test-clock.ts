import type { Clock } from '@gangway/product/kernel/clock.ts';

/** A clock that a test can move. It runs on by itself only when it was made running. */
export interface TestClock extends Clock {
  /** Forward by so many milliseconds. */
  advance(milliseconds: number): void;
  /** Stands still at this instant, epoch milliseconds. */
  set(instant: number): void;
}

/** Starts at the machine's time and follows it until `set` makes it stand still. */
export function createTestClock(): TestClock {
  let [standing, offset]: [number | undefined, number] = [undefined, 0];
  return {
    now: () => standing ?? Date.now() + offset,
    advance(milliseconds) {
      if (standing === undefined) offset += milliseconds;
      else standing += milliseconds;
    },
    set(instant) {
      standing = instant;
    },
  };
}
