import type { Json } from '../kernel/json.ts';
import type { EventFact, Facts } from '../rules/facts.ts';

/** Everything derived that is known of a subject, in one document: one read and one write a batch. */
export interface SubjectDoc {
  readonly traits: Readonly<Record<string, Json>>;
  /** When each trait was last set, by event time: the later event wins, whatever arrives first. */
  readonly traitTimes: Readonly<Record<string, number>>;
  readonly milestones: Readonly<Record<string, number>>;
  /** `slice/definition` → the slice's state. */
  readonly states: Readonly<Record<string, Json>>;
  /** `slice/definition` → when its rule could change by time alone. */
  readonly untils: Readonly<Record<string, number>>;
}

export interface PersonDoc extends SubjectDoc {
  readonly events: Readonly<Record<string, EventFact>>;
  readonly accounts: readonly string[];
  /** Milliseconds lately used → the next free tie in them; the newest last. */
  readonly ties: readonly (readonly [number, number])[];
  /** Events folded so far. */
  readonly folded: number;
}

export type AccountDoc = SubjectDoc;

export const emptyAccountDoc: AccountDoc = { traits: {}, traitTimes: {}, milestones: {}, states: {}, untils: {} };
export const emptyPersonDoc: PersonDoc = { ...emptyAccountDoc, events: {}, accounts: [], ties: [], folded: 0 };

/** The facts that rules read. An account is not counted by events: absent, so such a condition is unknown. */
export function factsOf(doc: PersonDoc | AccountDoc): Facts {
  const { traits, milestones } = doc;
  return 'events' in doc ? { traits, milestones, events: doc.events } : { traits, milestones };
}

/** The key of a definition in {@link SubjectDoc.states}. */
export function stateKey(slice: string, definition: string): string {
  return `${slice}/${definition}`;
}
