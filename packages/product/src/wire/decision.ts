import { z } from 'zod';

const verdict = z.enum(['shown', 'page', 'blocked', 'withheld', 'not_in_audience', 'unknown']);

/** A decision that differed from the one before, with the conditions that made it so and what they found. */
export const decisionTransition = z.object({
  at: z.number(),
  version: z.number(),
  verdict,
  reasons: z.array(z.object({ text: z.string(), found: z.string().nullable() })),
});
/** `GET E/people/:id/decisions`: the latest change first, at most 20 a content. */
export const personDecisionsAnswer = z.object({
  contents: z.array(z.object({ slice: z.string(), id: z.string(), name: z.string(), changes: z.array(decisionTransition) })),
});
/** `GET E/definitions/:slice/:id/decisions`: how many people have which decision now, of those whose page has asked. */
export const decisionCountsAnswer = z.object({
  counts: z.object({
    shown: z.number(),
    page: z.number(),
    blocked: z.number(),
    withheld: z.number(),
    not_in_audience: z.number(),
    unknown: z.number(),
  }),
  /** People who were withheld at some time. */
  exposed: z.number(),
  asOf: z.number(),
});

export type DecisionTransition = z.infer<typeof decisionTransition>;
export type PersonDecisionsAnswer = z.infer<typeof personDecisionsAnswer>;
export type DecisionCountsAnswer = z.infer<typeof decisionCountsAnswer>;
