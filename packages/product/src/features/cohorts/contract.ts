import { z } from 'zod';
import { longText, nameText } from '../../wire/text.ts';

export const cohortBody = z.strictObject({ name: nameText, description: longText });

const ids = z.array(z.string().min(1).max(512)).max(1000);
/** `POST /cohorts/:id/people`: user ids to put on the list and to take off it, at most 1,000 of each. */
export const cohortPeopleRequest = z.strictObject({ add: ids.default([]), remove: ids.default([]) });
/** How many commands were given, and the user ids that nobody has here: for those nothing was done. */
export const cohortPeopleAnswer = z.object({ added: z.number(), removed: z.number(), unknown: z.array(z.string()) });

/** `GET /cohorts/:id/people?after=`: 200 a page, in the order of their ids. */
export const cohortListAnswer = z.object({
  people: z.array(z.object({ id: z.string(), label: z.string(), since: z.number() })),
  /** The `after` of the next page; null = that was all. */
  next: z.string().nullable(),
});

export type CohortListAnswer = z.infer<typeof cohortListAnswer>;
export type CohortPeopleAnswer = z.infer<typeof cohortPeopleAnswer>;
