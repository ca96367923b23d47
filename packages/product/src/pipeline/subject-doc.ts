import type { Json } from '../kernel/json.ts';
import { own } from '../kernel/own.ts';
import type { AccountFact, ContentFact, EventFact, Facts, FeatureFact } from '../rules/facts.ts';

/** Traits, and when each was last set, by event time: the later event wins, whatever arrives first. */
export interface TimedTraits {
  readonly traits: Readonly<Record<string, Json>>;
  readonly traitTimes: Readonly<Record<string, number>>;
}

/** Everything derived that is known of a subject, in one document: one read and one write a batch. */
export interface SubjectDoc extends TimedTraits {
  readonly milestones: Readonly<Record<string, number>>;
  /** `slice/definition` → the slice's state. */
  readonly states: Readonly<Record<string, Json>>;
  /** `slice/definition` → when its rule could change by time alone. */
  readonly untils: Readonly<Record<string, number>>;
  /** Fixed lists that the subject is on, since when. Absent = none. */
  readonly cohorts?: Readonly<Record<string, number>>;
}

export interface PersonDoc extends SubjectDoc {
  readonly events: Readonly<Record<string, EventFact>>;
  readonly accounts: readonly string[];
  /** Feature key → what was counted apart. Complete when as many events were covered as were folded under its name. */
  readonly features?: Readonly<Record<string, FeatureFact>>;
  readonly covered?: Readonly<Record<string, number>>;
  /** Account id → the traits of it that rules of people ask for, as they were delivered. */
  readonly accountTraits?: Readonly<Record<string, TimedTraits>>;
  /** Account id → the person's role in it. */
  readonly memberships?: Readonly<Record<string, TimedTraits>>;
  /** Definition id → how far the person has come with it. */
  readonly contents?: Readonly<Record<string, ContentFact>>;
  /** Milliseconds lately used, each followed by the next free tie in it; the newest last. Flat: every event copies it. */
  readonly ties: readonly number[];
  /** Events folded so far. */
  readonly folded: number;
}

export type AccountDoc = SubjectDoc;

export const emptyAccountDoc: AccountDoc = { traits: {}, traitTimes: {}, milestones: {}, states: {}, untils: {} };
export const emptyPersonDoc: PersonDoc = { ...emptyAccountDoc, events: {}, accounts: [], ties: [], folded: 0 };

/** The facts that rules read. An account is not counted by events: absent, so such a condition is unknown. */
export function factsOf(doc: PersonDoc | AccountDoc): Facts {
  const { traits, milestones, cohorts = {} } = doc;
  if (!('events' in doc)) return { traits, milestones, cohorts };
  const { events, features = {}, contents = {} } = doc;
  return { traits, milestones, cohorts, events, features, contents, accounts: doc.accounts.map((id) => accountFact(doc, id)) };
}

function accountFact({ accountTraits, memberships }: PersonDoc, account: string): AccountFact {
  return { traits: own(accountTraits ?? {}, account)?.traits ?? {}, membership: own(memberships ?? {}, account)?.traits ?? {} };
}

/** The key of a definition in {@link SubjectDoc.states}. */
export function stateKey(slice: string, definition: string): string {
  return `${slice}/${definition}`;
}
