import type { SavedRule } from '../../kernel/slice.ts';
import type { Rule } from '../../rules/rule.ts';

/** A saved rule over people: who is meant, said once. Whoever matches is in, for as long as they match. */
export interface Segment {
  readonly name: string;
  readonly description: string;
  /** Asks for traits, events and milestones; a page condition is refused, because a segment speaks of people, not of visits. */
  readonly rule: Rule;
}

/** What other rules put in the place of a condition on this segment. */
export const savedSegment: SavedRule<Segment> = { slice: 'segments', rule: ({ rule }) => rule };
