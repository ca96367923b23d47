import { z } from 'zod';
import { asksForPage } from '../../rules/asks-for.ts';
import { ruleSchema } from '../../wire/rule.ts';
import { longText, nameText } from '../../wire/text.ts';

const ruleOverPeople = ruleSchema.refine((rule) => !asksForPage(rule), {
  message: 'A segment speaks of people, and only an open page knows its path: leave the page condition to the guide or checklist.',
});

export const segmentBody = z.strictObject({ name: nameText, description: longText, rule: ruleOverPeople });

/** `POST /segments/members`: the people who match a rule now, saved or not. */
export const membersRequest = z.strictObject({ rule: ruleOverPeople });
export const membersAnswer = z.object({
  /** The latest seen first, at most 50. */
  people: z.array(z.object({ id: z.string(), label: z.string(), lastSeen: z.number() })),
  /** How many match, of how many that were looked at. */
  total: z.number(),
  of: z.number(),
});

/** `POST /definitions/segments/:id/reach` */
export const segmentReachRequest = z.strictObject({ body: segmentBody });
export const segmentReachAnswer = z.object({ people: z.number(), total: z.number() });

/** `GET /explain/segments/:id/:person`: in the shape of every explanation, so that the same component draws it. */
export const membershipAnswer = z.object({
  verdict: z.enum(['would_show', 'not_in_audience', 'not_published', 'unknown']),
  headline: z.string(),
  conditions: z.array(
    z.object({ depth: z.number(), text: z.string(), answer: z.enum(['yes', 'no', 'unknown']), found: z.string().nullable() }),
  ),
  /** What the person did of that which the rule asks for, newest first. */
  history: z.array(z.object({ text: z.string(), at: z.number() })),
  until: z.number().nullable(),
  version: z.number().nullable(),
});

export type MembersAnswer = z.infer<typeof membersAnswer>;
export type MembershipAnswer = z.infer<typeof membershipAnswer>;
