/**
 * The closed condition language. A rule is data: it can be stored, sent, reduced, explained and compiled, and it
 * means the same in every engine.
 */
export type Rule =
  | { readonly type: 'all'; readonly of: readonly Rule[] }
  | { readonly type: 'any'; readonly of: readonly Rule[] }
  | AtLeastRule
  | { readonly type: 'not'; readonly rule: Rule }
  | Condition;

/** What is asked about one thing; everything else joins such questions. */
export type Condition =
  | TraitCondition
  | EventCondition
  | EventSumCondition
  | EventDaysCondition
  | EventTimeCondition
  | SequenceCondition
  | MilestoneCondition
  | SegmentCondition
  | CohortCondition
  | ContentCondition
  | PageRule;

/** At least `count` of the parts hold. `all` is the case of every part, `any` the case of one. */
export interface AtLeastRule {
  readonly type: 'at_least';
  readonly count: number;
  readonly of: readonly Rule[];
}

export type Scalar = string | number | boolean;

/** Compare one value. They take `value`, except as noted. */
export const valueOperators = [
  'equals',
  'not_equals',
  'contains',
  'not_contains',
  'starts_with',
  'ends_with',
  'greater_than',
  'less_than',
  'at_least',
  'at_most',
  /** Take `values`: 1 to 100 of one type. */
  'is_one_of',
  'is_none_of',
  /** Take no value. */
  'exists',
  'missing',
  /** A regular expression of RE2, found anywhere in a text. */
  'matches',
] as const;
export type ValueOperator = (typeof valueOperators)[number];

/**
 * Compare a date with another (`before`, `after`: `value` is a date or an instant) or with today (`value` is a
 * number of whole days, from 0). At most 3 days ago is today and the 3 days before it, never a day to come; at
 * most 3 days until is the mirror of it.
 */
export const dateOperators = [
  'before',
  'after',
  'days_ago_at_least',
  'days_ago_at_most',
  'days_until_at_least',
  'days_until_at_most',
] as const;
export type DateOperator = (typeof dateOperators)[number];

export const traitOperators = [...valueOperators, ...dateOperators] as const;
export type TraitOperator = (typeof traitOperators)[number];

/**
 * A trait. A missing one (`null` is missing too) equals nothing, contains nothing and is none of any values;
 * comparing a text with a number is unknown, never a guess.
 */
export interface TraitCondition {
  readonly type: 'trait';
  /** Absent = the subject's own. Otherwise one of the person's accounts, or of the roles in them, must say so; a person without account has no such trait. */
  readonly of?: 'account' | 'membership';
  readonly name: string;
  readonly operator: TraitOperator;
  /** Absent for `exists`, `missing`, `is_one_of` and `is_none_of`. */
  readonly value?: Scalar;
  readonly values?: readonly Scalar[];
  /**
   * IANA name, for date operators: where its days begin and end. Part of the rule, so that a version means one
   * thing for ever. A date trait is a text as {@link parseDate} reads it; anything else is unknown.
   */
  readonly zone?: string;
}

/** What one property of an event must be: compared as a trait is. */
export interface PropertyCondition {
  readonly property: string;
  readonly operator: ValueOperator;
  readonly value?: Scalar;
  readonly values?: readonly Scalar[];
}

/** An event of this name whose properties meet every condition; an unknown one is not met. */
export interface Occurrence {
  readonly name: string;
  readonly where?: readonly PropertyCondition[];
}

export const countOperators = ['at_least', 'at_most', 'exactly'] as const;
export type CountOperator = (typeof countOperators)[number];

/** How often the subject did something: ever, within a window that ends now, or on the calendar days that end today. */
export interface EventCondition extends Occurrence {
  readonly type: 'event';
  readonly operator: CountOperator;
  readonly times: number;
  /** Milliseconds. An event at `t` is inside while `now - t < within`. Absent = ever. Counts to 63. */
  readonly within?: number;
  /** Calendar days in `zone`, today being the last. Never together with `within`. */
  readonly days?: number;
  readonly zone?: string;
}

/** The sum of a property's numbers; whatever is no number is not counted. Sums are taken in thousandths: see {@link thousandths}. */
export interface EventSumCondition extends Occurrence {
  readonly type: 'event_sum';
  readonly property: string;
  readonly operator: CountOperator;
  readonly value: number;
  /** Absent = ever. */
  readonly days?: number;
  readonly zone?: string;
}

/** On how many different calendar days of `zone` the subject did something. */
export interface EventDaysCondition extends Occurrence {
  readonly type: 'event_days';
  readonly operator: CountOperator;
  readonly times: number;
  /** Absent = ever. */
  readonly days?: number;
  readonly zone: string;
}

/** When the subject did something for the first or the last time. Never = no. */
export interface EventTimeCondition extends Occurrence {
  readonly type: 'event_time';
  readonly which: 'first' | 'last';
  readonly operator: DateOperator;
  readonly value: string | number;
  readonly zone: string;
}

/**
 * One thing and then another, over the latest 64 of each. `happened`: some `first` at t has a `then` in
 * (t, t + within]. Not `happened`: some `first` at t has none, and t + within has come.
 */
export interface SequenceCondition {
  readonly type: 'sequence';
  readonly first: Occurrence;
  readonly then: Occurrence;
  /** Milliseconds. */
  readonly within: number;
  readonly happened: boolean;
}

/** Membership of a milestone: once reached, it stays reached. */
export interface MilestoneCondition {
  readonly type: 'milestone';
  readonly id: string;
}

/** A saved rule. Publishing puts the segment's own rule in its place, so no engine ever answers it. */
export interface SegmentCondition {
  readonly type: 'segment';
  readonly id: string;
}

/** A fixed list of subjects. */
export interface CohortCondition {
  readonly type: 'cohort';
  readonly id: string;
}

/** How far the subject has come with a guide or a checklist. */
export interface ContentCondition {
  readonly type: 'content';
  readonly id: string;
  readonly state: ContentState;
}
export const contentStates = ['seen', 'started', 'completed', 'dismissed'] as const;
export type ContentState = (typeof contentStates)[number];

/** What only an open page knows. */
export type PageRule = PageCondition | PageQueryCondition | PageHostCondition;

/** The path of the page that is open: `/boards/*` (`*` one segment, `**` any number). */
export interface PageCondition {
  readonly type: 'page';
  readonly path: string;
}

export const textOperators = ['equals', 'not_equals', 'contains', 'not_contains', 'starts_with', 'ends_with'] as const;
export type TextOperator = (typeof textOperators)[number];
export const queryOperators = [...textOperators, 'exists', 'missing'] as const;
export type QueryOperator = (typeof queryOperators)[number];

/** The first value of a parameter of the address: `tab` of `?tab=members`. Always a text. */
export interface PageQueryCondition {
  readonly type: 'page_query';
  readonly name: string;
  readonly operator: QueryOperator;
  /** Absent for `exists` and `missing`. */
  readonly value?: string;
}

/** The host of the page that is open, without port, in small letters: `app.example.com`. */
export interface PageHostCondition {
  readonly type: 'page_host';
  readonly operator: TextOperator;
  readonly value: string;
}

export const always: Rule = { type: 'all', of: [] };
export const never: Rule = { type: 'any', of: [] };

/** How many times of an event a subject remembers; a window can count to one less. */
export const rememberedTimes = 64;
/** How many days of an event a subject remembers: one more than a rule may count. */
export const rememberedDays = 400;
/** The longest window of calendar days. */
export const longestDays = 366;
/** The longest rolling window, milliseconds. */
export const longestWindow = longestDays * 86_400_000;
