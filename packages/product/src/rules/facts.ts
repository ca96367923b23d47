import type { Json } from '../kernel/json.ts';
import type { ContentState } from './rule.ts';

/** How often and when a subject did one thing. Instants are epoch milliseconds. */
export interface EventFact {
  readonly count: number;
  readonly first: number;
  readonly last: number;
  /** The latest times, ascending, at most `rememberedTimes`. */
  readonly recent: readonly number[];
}

/** An event that is counted apart, because a rule asks for its properties or for calendar days. */
export interface FeatureFact extends EventFact {
  /** Thousandths, whole: see `thousandths`. Only of a feature with a property. */
  readonly sum?: number;
  /** Day number → how many, and their sum in thousandths: the newest `rememberedDays`. Only of a feature with a zone. */
  readonly days?: Readonly<Record<string, DayFact>>;
}
export type DayFact = readonly [count: number, sum: number];

/** One account of a person: its traits, and those of the person's role in it. */
export interface AccountFact {
  readonly traits: Readonly<Record<string, Json>>;
  readonly membership: Readonly<Record<string, Json>>;
}

/** When each state was first reached, epoch milliseconds; absent = not yet. */
export type ContentFact = { readonly [State in ContentState]?: number };

/** Where the page is. */
export interface PageFact {
  readonly path: string;
  /** The parameters of the address, decoded, each with its first value. Absent = not known. */
  readonly query?: Readonly<Record<string, string>>;
  /** Without port, in small letters. Absent = not known. */
  readonly host?: string;
}

/**
 * What is known about a subject. A member that is absent is not known at all (the page knows no traits, the
 * server no path), which is different from being known to be empty.
 */
export interface Facts {
  readonly traits?: Readonly<Record<string, Json>>;
  readonly events?: Readonly<Record<string, EventFact>>;
  /** One of `events`, where making a record of all would be more than what is asked. */
  eventOf?(name: string): EventFact | undefined;
  /** By `featureKey`; a key that is missing in a present record never happened. Counted, so known, together with `events`. */
  readonly features?: Readonly<Record<string, FeatureFact>>;
  /** Milestone id → when it was reached. */
  readonly milestones?: Readonly<Record<string, number>>;
  /** One of `milestones`, likewise. */
  milestoneAt?(id: string): number | undefined;
  readonly accounts?: readonly AccountFact[];
  /** Cohort id → since when the subject is in it. */
  readonly cohorts?: Readonly<Record<string, number>>;
  /** Definition id → how far the subject has come. */
  readonly contents?: Readonly<Record<string, ContentFact>>;
  readonly page?: PageFact;
}
