import { z } from 'zod';
import { givenId, longText, nameText } from '../../wire/text.ts';

export const cohortBody = z.strictObject({ name: nameText, description: longText });

const ids = z.array(givenId).max(1000);
/**
 * `POST /cohorts/:id/people`: whom to put on the list and whom to take off it, by their user ids, or as the list names
 * them (`addPeople`, `removePeople`); at most 1,000 of each.
 */
export const cohortPeopleRequest = z.strictObject({
  add: ids.default([]),
  remove: ids.default([]),
  addPeople: ids.default([]),
  removePeople: ids.default([]),
});
/** How many commands were given, and the ids that nobody has here: for those nothing was done. */
export const cohortPeopleAnswer = z.object({ added: z.number(), removed: z.number(), unknown: z.array(z.string()) });

/** `GET /cohorts/:id/people`: a page of those on the list, in the order of their ids. */
export const cohortListQuery = z.object({
  /** The `next` of the page before. */
  after: z.string().max(200).default(''),
  /** Part of a name, a mail address or a user id. */
  search: z.string().max(200).default(''),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
export const cohortListAnswer = z.object({
  people: z.array(z.object({ id: z.string(), label: z.string(), userId: z.string().nullable(), since: z.number() })),
  /** How many are on the list in all, or match the search. */
  total: z.number(),
  /** The `after` of the next page; null = that was all. */
  next: z.string().nullable(),
});

/** `POST /cohorts/read-file?column=`: the bytes of a CSV with a heading. Nobody is moved. */
export const userIdsQuery = z.object({ column: z.string().max(200).optional() });
export const userIdsAnswer = z.object({
  columns: z.array(z.string()),
  /** Where the ids were taken from: the column that was asked for, or the one that is called like user ids; null = none is. */
  column: z.string().nullable(),
  /** Each once, in their order. */
  ids: z.array(z.string()),
});

export type UserIdsAnswer = z.infer<typeof userIdsAnswer>;
export type CohortListQuery = z.infer<typeof cohortListQuery>;
export type CohortPeopleRequest = z.infer<typeof cohortPeopleRequest>;
export type CohortListAnswer = z.infer<typeof cohortListAnswer>;
export type CohortPeopleAnswer = z.infer<typeof cohortPeopleAnswer>;
