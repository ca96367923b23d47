import type { AcceptedEvent, EventType } from './event.ts';
import type { Json, JsonObject } from './json.ts';
import type { LinkKey } from './link-key.ts';
import type { Scope } from './scope.ts';
import type { Subject } from './subject.ts';

/** What an entry of the event log carries. */
export type EntryBody =
  /** A client's event. */
  | { readonly what: 'event'; readonly event: AcceptedEvent }
  /** Something that a person did in the dashboard or the portal and that has a meaning for a subject. */
  | {
      readonly what: 'command';
      readonly slice: string;
      readonly name: string;
      readonly subject: Subject;
      readonly actor: string;
      readonly payload: JsonObject;
    }
  /** Two persons are one because somebody in charge says so; `links` are the ids that lead to them. */
  | {
      readonly what: 'merge';
      readonly from: string;
      readonly into: string;
      readonly links: readonly LinkKey[];
      readonly actor: string;
    }
  /** A person was deleted: everything derived of these persons (one, and all who had become that one) goes. */
  | { readonly what: 'erase'; readonly people: readonly string[] }
  /** What is left of an entry whose person was deleted: enough for a replay to number people, count, and know accounts as before. */
  | {
      readonly what: 'erased';
      readonly was: 'event' | 'other';
      /** Tells repeats that said something else from those that said the same; a keyed hash. */
      readonly content?: number;
      /** The person whom the entry had made. */
      readonly made?: number;
      /** Counters that it had raised. */
      readonly counted?: readonly string[];
      readonly account?: { readonly id: string; readonly type: EventType; readonly time: number; readonly traits: JsonObject };
    }
  /** A definition was published or killed; it holds for every subject from here on. */
  | {
      readonly what: 'definition';
      readonly slice: string;
      readonly id: string;
      readonly version: number;
      readonly state: 'published' | 'killed';
      readonly backfill: boolean;
    }
  /** Derived: an instant was reached at which an answer of this subject could change by time alone. */
  | { readonly what: 'wake'; readonly subject: Subject; readonly due: number }
  /** Derived: what happened to a person, told to the account. */
  | { readonly what: 'copy'; readonly account: string; readonly person: string; readonly milestone: string; readonly at: number }
  /** Derived: a person's event changed the account; the dependency keys of what changed. */
  | { readonly what: 'account_changed'; readonly account: string; readonly keys: readonly string[] }
  /** Derived: a version is about to be published; what it asks for is counted and copied from here on. */
  | {
      readonly what: 'prepare';
      readonly slice: string;
      readonly id: string;
      readonly version: number;
      readonly needs: JsonObject;
    }
  /** Derived: what people did before features were counted, read from the warehouse; per person and feature, in order. */
  | {
      readonly what: 'counted';
      readonly features: readonly string[];
      /** Whether rules are asked again for these people at once. */
      readonly look: boolean;
      readonly people: readonly {
        readonly person: string;
        /** Events of the feature's name that are in the fact; and the fact, null when none met the conditions. */
        readonly facts: readonly (readonly [covered: number, fact: Json])[];
      }[];
    }
  /** Derived: traits of an account that rules of its people ask for, told to the members after `after`, a page at a time. */
  | {
      readonly what: 'account_facts';
      readonly account: string;
      readonly traits: readonly (readonly [name: string, value: Json, time: number])[];
      readonly after: string;
    }
  /** Derived: the subjects after `after`, a page at a time, are looked at again for one definition (it was published for everyone). */
  | {
      readonly what: 'reconsider';
      readonly subjects: Subject['kind'];
      readonly slice: string;
      readonly id: string;
      readonly version: number;
      readonly after: string;
    };

/** One entry of the event log, as it is appended. */
export interface Entry {
  /** Unique in its scope for the window of de-duplication; the same id twice is one entry. */
  readonly id: string;
  readonly scope: Scope;
  /** `source` is what people and clients did; `derived` is what we concluded, and what a backtest leaves out. */
  readonly origin: 'source' | 'derived';
  /** The entry that led to this one. */
  readonly cause?: string;
  /** How many derived entries lie between this one and a source. Bounded by {@link maximumDepth}. */
  readonly depth: number;
  readonly body: EntryBody;
}

/** An entry as it is read: with the instant of its append, monotone in its partition. This is its `now`. */
export interface LoggedEntry extends Entry {
  readonly at: number;
}

/** A chain of derived entries longer than this is cut and reported, so that two rules cannot feed each other for ever. */
export const maximumDepth = 8;

/** The key by which entries are spread over partitions: the subject as far as the sender named it. */
export function partitionKey(entry: Entry): string {
  const { body } = entry;
  if (body.what === 'event') return body.event.userId ?? body.event.anonymousId ?? body.event.groupId ?? body.event.messageId;
  if (body.what === 'command' || body.what === 'wake') return body.subject.id;
  if (body.what === 'merge') return body.into;
  if (body.what === 'copy' || body.what === 'account_changed' || body.what === 'account_facts') return body.account;
  return entry.scope.environment;
}
