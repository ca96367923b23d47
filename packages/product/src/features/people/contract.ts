import { z } from 'zod';
import { queryInstant } from '../../wire/instant.ts';

const instant = z.number();

/** `GET /people?search&sort&direction&offset&limit` */
export const peopleQuery = z.object({
  search: z.string().max(200).optional(),
  sort: z.enum(['lastSeen', 'firstSeen', 'name']).default('lastSeen'),
  direction: z.enum(['asc', 'desc']).default('desc'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const personRow = z.object({
  id: z.string(),
  userId: z.string().nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  level: z.enum(['anonymous', 'claimed', 'verified', 'server']),
  accounts: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
  milestones: z.number(),
  firstSeen: instant,
  lastSeen: instant,
});
export const peopleAnswer = z.object({ people: z.array(personRow), total: z.number() });

/** `GET /people/:id` */
export const personAnswer = personRow.extend({
  traits: z.record(z.string(), z.unknown()),
  identities: z.array(z.object({ kind: z.enum(['user', 'anonymous', 'claimed']), value: z.string() })),
  events: z.array(z.object({ name: z.string(), count: z.number(), first: instant, last: instant })),
  reached: z.array(z.object({ milestone: z.string(), name: z.string(), at: instant })),
});

/** `GET /live`: newest first. */
export const timelineEvent = z.object({
  id: z.string(),
  type: z.string(),
  name: z.string(),
  person: z.string().nullable(),
  personLabel: z.string().nullable(),
  account: z.string().nullable(),
  time: instant,
  properties: z.record(z.string(), z.unknown()),
});
export const timelineAnswer = z.object({ events: z.array(timelineEvent) });
/** `GET /people/:id/timeline`: newest first. `next` is the order key that asks for the page behind this one; null at the end. */
export const timelineQuery = z.object({
  /** Only what happened before this instant. */
  before: queryInstant.optional(),
  /** Only what lies below this order key, as the page before told it. */
  next: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
});
export const timelinePageAnswer = timelineAnswer.extend({ next: z.number().nullable() });

/** `GET /accounts`, `GET /accounts/:id` */
export const accountRow = z.object({
  id: z.string(),
  name: z.string().nullable(),
  people: z.number(),
  firstSeen: instant,
  lastSeen: instant,
});
export const accountsAnswer = z.object({ accounts: z.array(accountRow), total: z.number() });
export const accountAnswer = accountRow.extend({ traits: z.record(z.string(), z.unknown()), members: z.array(personRow) });

/** Epoch milliseconds in an address, up to the year 9999. */
const moment = z.coerce.number().min(0).max(253_402_300_799_999);
/** Which failed events: `stage` is where they failed, `reason` a code, `from` and `to` instants, `search` a part of the body. */
const failedFilter = z.object({
  stage: z.enum(['accept', 'apply']).optional(),
  reason: z.string().max(100).optional(),
  from: moment.optional(),
  to: moment.optional(),
  search: z.string().max(200).optional(),
});
/** `GET /failed`: events that were refused or set aside, newest first, with the reason and what was kept. */
export const failedQuery = failedFilter.extend({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const failedEvent = z.object({
  id: z.string(),
  stage: z.enum(['accept', 'apply']),
  reason: z.string(),
  path: z.string(),
  receivedAt: instant,
  body: z.unknown(),
});
/** `reasons` counts the codes of everything that is kept, whatever the filter. */
export const failedAnswer = z.object({
  events: z.array(failedEvent),
  total: z.number(),
  reasons: z.array(z.object({ reason: z.string(), count: z.number() })),
});
/** `GET /failed/export` → a file. */
export const failedExportQuery = failedFilter.extend({ format: z.enum(['csv', 'jsonl']).default('csv') });
/** `POST /failed/replay`: those, or all that match. */
export const replayRequest = z.union([
  z.object({ ids: z.array(z.string().max(300)).min(1).max(1000) }).strict(),
  z.object({ filter: failedFilter.strict() }).strict(),
]);
/** `left` = how many that match were not looked at, because one call takes 1,000. */
export const replayAnswer = z.object({
  passed: z.number(),
  refused: z.array(z.object({ id: z.string(), reason: z.string(), path: z.string(), message: z.string() })),
  left: z.number(),
});

/** `GET /ingestion`: the sums that must add up. */
export const ingestionAnswer = z.object({
  offered: z.number(),
  acknowledged: z.number(),
  applied: z.number(),
  deduplicated: z.number(),
  rejected: z.number(),
  quarantined: z.number(),
  /** Repeats of an id that said something else than the first: counted among `deduplicated`, kept with the failed events. */
  conflicts: z.number(),
  waiting: z.number(),
  /** Requests that were answered 429 or 503 since the server started; `address` and `busy` count for all environments. */
  turnedAway: z.object({ key: z.number(), person: z.number(), address: z.number(), busy: z.number() }),
  balanced: z.boolean(),
});

const cap = z.number().int().min(1);
/** `PUT /variety`: how many different things the environment may have. */
export const varietyCapsRequest = z
  .object({ eventNames: cap.max(100_000), propertiesPerEvent: cap.max(10_000), people: cap.max(1_000_000_000) })
  .strict();
/** `GET /variety`: the caps, how much of them is used, and what was too many. */
export const varietyAnswer = z.object({
  caps: z.object({ eventNames: z.number(), propertiesPerEvent: z.number(), people: z.number() }),
  used: z.object({
    eventNames: z.number(),
    people: z.number(),
    /** The event with the most keys; null before the first event. */
    properties: z.object({ event: z.string(), keys: z.number() }).nullable(),
  }),
  /** Most frequent first; the word `''` stands for those that are not listed by themselves. */
  capped: z.array(
    z.object({
      kind: z.enum(['event', 'property', 'people']),
      of: z.string(),
      word: z.string(),
      count: z.number(),
      firstAt: instant,
      lastAt: instant,
    }),
  ),
});

/** `GET /explain/:slice/:id/:person`: why does this person (not) see it? */
export const explainAnswer = z.object({
  verdict: z.enum(['would_show', 'depends_on_page', 'blocked', 'withheld', 'not_in_audience', 'not_published', 'unknown']),
  headline: z.string(),
  /** One line a condition, in the order of the rule, indented by depth. */
  conditions: z.array(
    z.object({ depth: z.number(), text: z.string(), answer: z.enum(['yes', 'no', 'unknown']), found: z.string().nullable() }),
  ),
  /** Steps that led here: shown, dismissed, completed … newest first. */
  history: z.array(z.object({ text: z.string(), at: instant })),
  /** When the answer could change by time alone. */
  until: instant.nullable(),
  version: z.number().nullable(),
});

export type PersonRow = z.infer<typeof personRow>;
export type PersonAnswer = z.infer<typeof personAnswer>;
export type TimelineEvent = z.infer<typeof timelineEvent>;
export type AccountRow = z.infer<typeof accountRow>;
export type AccountAnswer = z.infer<typeof accountAnswer>;
export type FailedFilter = z.infer<typeof failedFilter>;
export type FailedAnswer = z.infer<typeof failedAnswer>;
export type ReplayAnswer = z.infer<typeof replayAnswer>;
export type FailedEvent = z.infer<typeof failedEvent>;
export type VarietyAnswer = z.infer<typeof varietyAnswer>;
export type IngestionAnswer = z.infer<typeof ingestionAnswer>;
export type ExplainAnswer = z.infer<typeof explainAnswer>;
