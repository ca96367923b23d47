import type { Names } from '@gangway/product/rules/describe.ts';

/** Something that others have made, by its name. */
export interface Choice {
  readonly id: string;
  readonly name: string;
}

/** What the pickers of a rule offer. Events may also be typed freely: one may be named before it is first sent. */
export interface RuleChoices {
  readonly events: readonly string[];
  readonly milestones: readonly Choice[];
  readonly segments: readonly Choice[];
  /** Fixed lists of people. */
  readonly lists: readonly Choice[];
  /** Guides and checklists. */
  readonly contents: readonly Choice[];
  /** IANA name of the zone in which the workspace's days begin. */
  readonly zone: string;
  /** Whether a rule may ask about the accounts of the person: not when it is about accounts itself. */
  readonly accounts: boolean;
}

/** Calls what others have made by its name. */
export function ruleNames({ milestones, segments, lists, contents }: RuleChoices): Names {
  return { milestone: namerOf(milestones), segment: namerOf(segments), cohort: namerOf(lists), content: namerOf(contents) };
}

/** Calls a thing by its name; by its id when it is not known. */
export function namerOf(choices: readonly Choice[]): (id: string) => string {
  return (id) => choices.find((choice) => choice.id === id)?.name ?? id;
}
