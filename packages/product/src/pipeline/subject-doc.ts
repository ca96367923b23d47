import type { Json } from '../kernel/json.ts';
import { own } from '../kernel/own.ts';
import type { AccountFact, ContentFact, EventFact, Facts, FeatureFact } from '../rules/facts.ts';
import { EventCounts } from './event-counts.ts';
import { Instants } from './instants.ts';

/** Traits, and when each was last set, by event time: the later event wins, whatever arrives first. */
export interface TimedTraits {
  readonly traits: Readonly<Record<string, Json>>;
  readonly traitTimes: Readonly<Record<string, number>>;
}

/** Everything derived that is known of a subject, in one document: one read and one write a batch. */
export interface SubjectDoc extends TimedTraits {
  /** When each was reached. */
  readonly milestones: Instants;
  /** `slice/definition` → the slice's state. */
  readonly states: Readonly<Record<string, Json>>;
  /** `slice/definition` → when its rule could change by time alone. */
  readonly untils: Readonly<Record<string, number>>;
  /** Fixed lists that the subject is on, since when. Absent = none. */
  readonly cohorts?: Readonly<Record<string, number>>;
}

export interface PersonDoc extends SubjectDoc {
  readonly events: EventCounts;
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

export const emptyAccountDoc: AccountDoc = { traits: {}, traitTimes: {}, milestones: Instants.none, states: {}, untils: {} };
export const emptyPersonDoc: PersonDoc = { ...emptyAccountDoc, events: EventCounts.none, accounts: [], ties: [], folded: 0 };

/** The facts that rules read. An account is not counted by events: absent, so such a condition is unknown. */
export function factsOf(doc: PersonDoc | AccountDoc): Facts {
  return 'events' in doc ? new PersonFacts(doc) : new SubjectFacts(doc);
}

/** Of what lies as lists, rules ask for one at a time; a record of all is made for who asks for that. */
class SubjectFacts implements Facts {
  readonly traits: NonNullable<Facts['traits']>;
  readonly cohorts: NonNullable<Facts['cohorts']>;
  readonly #reached: Instants;

  constructor({ traits, cohorts = {}, milestones }: SubjectDoc) {
    this.traits = traits;
    this.cohorts = cohorts;
    this.#reached = milestones;
  }

  get milestones(): NonNullable<Facts['milestones']> {
    return this.#reached.toJSON();
  }

  milestoneAt(id: string): number | undefined {
    return this.#reached.at(id);
  }
}

class PersonFacts extends SubjectFacts {
  readonly features: NonNullable<Facts['features']>;
  readonly contents: NonNullable<Facts['contents']>;
  readonly accounts: NonNullable<Facts['accounts']>;
  readonly #counts: EventCounts;

  constructor(doc: PersonDoc) {
    super(doc);
    const { events, features = {}, contents = {} } = doc;
    this.features = features;
    this.contents = contents;
    this.accounts = doc.accounts.map((id) => accountFact(doc, id));
    this.#counts = events;
  }

  get events(): NonNullable<Facts['events']> {
    return this.#counts.toJSON();
  }

  eventOf(name: string): EventFact | undefined {
    return this.#counts.get(name);
  }
}

function accountFact({ accountTraits, memberships }: PersonDoc, account: string): AccountFact {
  return { traits: own(accountTraits ?? {}, account)?.traits ?? {}, membership: own(memberships ?? {}, account)?.traits ?? {} };
}

/** The key of a definition in {@link SubjectDoc.states}. */
export function stateKey(slice: string, definition: string): string {
  return `${slice}/${definition}`;
}
