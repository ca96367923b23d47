import type { ContentFact, Facts } from '../rules/facts.ts';
import type { Rule } from '../rules/rule.ts';
import type { Effect } from './effect.ts';
import type { AcceptedEvent } from './event.ts';
import type { Json, JsonObject } from './json.ts';
import type { Subject } from './subject.ts';

/** A published version of something that an author made. Immutable. */
export interface Definition<Body = Json> {
  readonly slice: string;
  readonly id: string;
  readonly version: number;
  readonly body: Body;
  /** When given, the definition concerns this one subject alone (a plan: its account). */
  readonly only?: Subject;
}

/** What happened to one subject, in the order of the log. */
export type Happening =
  | { readonly kind: 'event'; readonly event: AcceptedEvent; readonly name: string }
  /** The subject reached a milestone. */
  | { readonly kind: 'milestone'; readonly milestone: string; readonly at: number }
  /** Told to an account: one of its people reached a milestone. */
  | { readonly kind: 'member_milestone'; readonly milestone: string; readonly person: string; readonly at: number }
  | { readonly kind: 'command'; readonly slice: string; readonly name: string; readonly actor: string; readonly payload: JsonObject }
  | { readonly kind: 'wake' }
  /** The definition was published, or the subject is looked at again because of it. */
  | { readonly kind: 'reconsidered' };

/** What `advance` is given. Everything it may know is here. */
export interface Moment<Body, State> {
  readonly definition: Definition<Body>;
  /** Absent when this subject has none yet. */
  readonly state: State | undefined;
  readonly happening: Happening;
  readonly subject: Subject;
  readonly facts: Facts;
  /** The append time of the entry, epoch milliseconds. */
  readonly now: number;
}

/** The next state (the same object when nothing changed) and what is asked for. */
export interface Step<State> {
  readonly state: State | undefined;
  readonly effects: readonly Effect[];
}

/** Where a subject stands with a definition, in one word: what lists count. */
export interface Standing {
  readonly status: string;
  /** Since when, epoch milliseconds. */
  readonly at: number;
}

/** Stage 6: how a slice moves one subject's state along. Pure. */
export interface Reactor<Body = Json, State = Json> {
  readonly slice: string;
  readonly subject: Subject['kind'];
  /** The happenings that this definition can react to, as keys of {@link happeningKeys}. */
  listens(definition: Definition<Body>): readonly string[];
  advance(moment: Moment<Body, State>): Step<State>;
  standing(state: State): Standing | undefined;
  /** Two people have become one: earliest completion wins, what was seen by either was seen. */
  merge(one: State, other: State): State;
  /** For a reactor of accounts: milestones of the account's people that it must be told of. */
  memberMilestones?(body: Body): readonly string[];
  /** For content: how far the subject has come with it, as rules may ask. What was, stays. */
  contentFact?(state: State): ContentFact;
  /** For a fixed list: since when the subject is on it, epoch milliseconds; null = it is not. */
  cohortSince?(state: State): number | null;
}

/** Stage 5: how a slice's definitions put subjects in or out. */
export interface Matcher<Body = Json> {
  readonly slice: string;
  /** Whose facts the rule reads. */
  subject(body: Body): Subject['kind'];
  rule(body: Body): Rule;
}

/** Rules that are saved under a name, for other rules to use. */
export interface SavedRule<Body = Json> {
  readonly slice: string;
  rule(body: Body): Rule;
}

/** How a slice's definitions appear in the page. */
export interface Surface<Body = Json, State = Json> {
  readonly slice: string;
  /** The name of the browser chunk. */
  readonly kind: string;
  /** Who may see it. */
  audience(body: Body): Rule;
  /** What the bundle carries for it: nothing that only the server may know. */
  content(body: Body): Json;
  /** What the manifest carries of the person's state. */
  view(state: State | undefined, facts: Facts, body: Body): Json;
  /** Why the state alone keeps it from being shown (already completed, dismissed), or undefined. */
  blockedBy(state: State | undefined): string | undefined;
  /** Per cent of the audience from whom it is kept back, for comparison; absent = nobody. */
  holdout?(body: Body): number;
  /** Event names this content waits for, so that the page flushes them at once. */
  liveEvents(body: Body): readonly string[];
}

/**
 * The keys under which a happening is announced: reactors and rules name what concerns them, so an event costs
 * what is affected, not what is live.
 */
export function happeningKeys(happening: Happening): readonly string[] {
  switch (happening.kind) {
    case 'event': {
      const { guideId, checklistId } = happening.event.properties ?? {};
      const about = [guideId, checklistId].flatMap((id) => (typeof id === 'string' ? [`content:${id}`] : []));
      return [`event:${happening.name}`, ...about];
    }
    case 'milestone':
      return [`milestone:${happening.milestone}`];
    case 'member_milestone':
      return [`milestone:${happening.milestone}`];
    case 'command':
      return [`command:${happening.slice}`];
    case 'wake':
    case 'reconsidered':
      return [];
  }
}

/** The pure half of a slice, as the pipeline takes it. */
export interface SliceDomain {
  readonly name: string;
  /** Names of the events that its own surfaces send. */
  readonly events?: readonly string[];
  readonly reactors?: readonly Reactor[];
  readonly matchers?: readonly Matcher[];
  readonly surfaces?: readonly Surface[];
  readonly savedRules?: readonly SavedRule[];
}

/**
 * Puts the pure half of a slice together and forgets its own types: the pipeline carries bodies and states as
 * JSON. The slice's schema checked each body when it was published, and states come from its own `advance`.
 */
export function defineSlice<Body, State>(slice: {
  readonly name: string;
  readonly events?: readonly string[];
  readonly reactors?: readonly Reactor<Body, State>[];
  readonly matchers?: readonly Matcher<Body>[];
  readonly surfaces?: readonly Surface<Body, State>[];
  readonly savedRules?: readonly SavedRule<Body>[];
}): SliceDomain {
  return slice as unknown as SliceDomain;
}
