import type { Json } from '../kernel/json.ts';

/** How often and when a subject did one thing. Instants are epoch milliseconds. */
export interface EventFact {
  readonly count: number;
  readonly first: number;
  readonly last: number;
  /** The latest times, ascending, at most `rememberedTimes`. */
  readonly recent: readonly number[];
}

/**
 * What is known about a subject. A member that is absent is not known at all (the page knows no traits, the
 * server no path), which is different from being known to be empty.
 */
export interface Facts {
  readonly traits?: Readonly<Record<string, Json>>;
  readonly events?: Readonly<Record<string, EventFact>>;
  /** Milestone id → when it was reached. */
  readonly milestones?: Readonly<Record<string, number>>;
  readonly page?: { readonly path: string };
}
