import type { Clock } from '@gangway/product/kernel/clock.ts';

/** The machine's clock, for edges. */
export const systemClock: Clock = { now: () => Date.now() };
