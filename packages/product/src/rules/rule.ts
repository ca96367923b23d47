/**
 * The closed condition language. A rule is data: it can be stored, sent, reduced, explained and compiled, and it
 * means the same in every engine.
 */
export type Rule =
  | { readonly type: 'all'; readonly of: readonly Rule[] }
  | { readonly type: 'any'; readonly of: readonly Rule[] }
  | { readonly type: 'not'; readonly rule: Rule }
  | TraitCondition
  | EventCondition
  | MilestoneCondition
  | PageCondition;

export type Scalar = string | number | boolean;

/** A trait of the subject. A missing trait equals nothing; comparing a text with a number is unknown, never a guess. */
export interface TraitCondition {
  readonly type: 'trait';
  readonly name: string;
  readonly operator: TraitOperator;
  /** Absent for `exists` and `missing`. */
  readonly value?: Scalar;
}
export const traitOperators = [
  'equals',
  'not_equals',
  'contains',
  'starts_with',
  'greater_than',
  'less_than',
  'exists',
  'missing',
] as const;
export type TraitOperator = (typeof traitOperators)[number];

/** How often the subject did something, ever or within a window that ends now. */
export interface EventCondition {
  readonly type: 'event';
  readonly name: string;
  readonly operator: CountOperator;
  readonly times: number;
  /** Milliseconds. An event at `t` is inside while `now - t < within`. Absent = ever. */
  readonly within?: number;
}
export const countOperators = ['at_least', 'at_most', 'exactly'] as const;
export type CountOperator = (typeof countOperators)[number];

/** Membership of a milestone: once reached, it stays reached. */
export interface MilestoneCondition {
  readonly type: 'milestone';
  readonly id: string;
}

/** The path of the page that is open: `/boards/*` (`*` one segment, `**` any number). Only the page knows it. */
export interface PageCondition {
  readonly type: 'page';
  readonly path: string;
}

export const always: Rule = { type: 'all', of: [] };
export const never: Rule = { type: 'any', of: [] };

/** How many times of an event a subject remembers; a window can count to one less. */
export const rememberedTimes = 64;
