import { z } from 'zod';

/** A backtest of a draft: asked for with its body, so that what is on the screen is tried, saved or not. */
export const backtestRequest = z.strictObject({ body: z.unknown(), days: z.number().int().min(1).max(366).default(90) });

const bounds = z.object({ low: z.number(), high: z.number() });
const candidate = z.object({
  /** Who was in at some time: at least and at most, where a page decides that was not recorded. */
  subjects: bounds,
  /** Of these, in before the period began. */
  before: z.number(),
  times: z.number(),
});

export const backtestFindings = z.object({
  draft: candidate,
  published: candidate.nullable(),
  changes: z.object({ gained: z.number(), lost: z.number(), same: z.number() }),
  days: z.array(z.object({ day: z.string(), draft: z.number(), published: z.number() })),
  kind: z.enum(['person', 'account']),
  known: z.number(),
  events: z.number(),
  late: z.number(),
  failed: z.number(),
  since: z.number().nullable(),
  pagesMissing: z.boolean(),
});

export const backtestState = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']);

export const backtestRow = z.object({
  id: z.string(),
  slice: z.string(),
  definition: z.string(),
  name: z.string(),
  state: backtestState,
  /** The version that the draft is compared with; null = none holds. */
  publishedVersion: z.number().nullable(),
  from: z.number(),
  /** The period's end: the answer is as of then. */
  until: z.number(),
  zone: z.string(),
  /** Batches of the log. */
  done: z.number(),
  of: z.number(),
  error: z.string().nullable(),
  createdAt: z.number(),
  createdBy: z.string(),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
});
/** `POST E/definitions/:slice/:id/backtests`, `GET E/backtests/:id`, `POST E/backtests/:id/cancel` */
export const backtestAnswer = backtestRow.extend({ findings: backtestFindings.nullable() });
/** `GET E/definitions/:slice/:id/backtests`: newest first. */
export const backtestsAnswer = z.object({ backtests: z.array(backtestRow) });

const found = z.object({ at: z.number(), times: z.number(), sure: z.boolean() });
export const backtestSubject = z.object({
  /** Id of the person or account as screens know it; null when it is not there any more. */
  id: z.string().nullable(),
  label: z.string(),
  change: z.enum(['gained', 'lost', 'same']),
  draft: found.nullable(),
  published: found.nullable(),
});
/** `GET E/backtests/:id/subjects`: the earliest first; `total` counts also those that are not listed. */
export const backtestSubjectsAnswer = z.object({ subjects: z.array(backtestSubject), total: z.number() });

export type BacktestRow = z.infer<typeof backtestRow>;
export type BacktestAnswer = z.infer<typeof backtestAnswer>;
export type BacktestSubject = z.infer<typeof backtestSubject>;
export type BacktestSubjectsAnswer = z.infer<typeof backtestSubjectsAnswer>;
