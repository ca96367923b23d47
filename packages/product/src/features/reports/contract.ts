import { z } from 'zod';
import { instant, span } from '../../wire/instant.ts';
import { idText, nameText } from '../../wire/text.ts';
import { dateRangeComplaint, longestDays } from './date-range.ts';
import { withKind } from './report-kind.ts';

/* What is meant: events, their properties, periods. */

const propertyText = z.string().min(1).max(200);
const propertyTest = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['equals', 'not_equals', 'contains']), property: propertyText, value: z.string().max(500) }),
  z.strictObject({ type: z.enum(['exists', 'not_exists']), property: propertyText }),
]);
const where = z.array(propertyTest).max(5).readonly().optional();
const event = z.strictObject({ type: z.literal('event'), name: z.string().min(1).max(200), where });
const milestone = z.strictObject({ type: z.literal('milestone'), id: idText, where });
const step = z.discriminatedUnion('type', [event, milestone]);
const pick = z.discriminatedUnion('type', [event, milestone, z.strictObject({ type: z.literal('any'), where })]);
const unit = z.enum(['day', 'week', 'month']);
/** 0 = Sunday … 6 = Saturday; Monday when absent. */
const weekStart = z.number().int().min(0).max(6).optional();
const top = z.number().int().min(1).max(20);

/* The questions: what a saved report holds, and what is asked. */

const funnelQuestion = {
  steps: z.array(step).min(2, 'a funnel needs at least two steps').max(10),
  within: span,
  order: z.enum(['ordered', 'any', 'strict']).optional(),
  entry: z.enum(['best', 'first']).optional(),
  /** Between steps, numbered from 1; for ordered funnels. */
  exclusions: z
    .array(z.strictObject({ event: step, after: z.number().int().min(1).max(9), before: z.number().int().min(2).max(10) }))
    .max(5)
    .optional(),
  hold: propertyText.optional(),
  breakdown: z
    .strictObject({
      property: propertyText,
      by: z.union([z.enum(['first', 'last', 'agree']), z.number().int().min(0).max(9)]),
      top,
    })
    .optional(),
  /** Conversion by the period of the first step. */
  over: unit.optional(),
  weekStart,
};
const bracket = z.strictObject({ from: z.number().int().min(1).max(1000), to: z.number().int().min(2).max(1001) });
const retentionQuestion = {
  start: pick,
  returns: pick,
  entry: z.enum(['first', 'recurring']),
  mode: z.discriminatedUnion('type', [
    z.strictObject({ type: z.enum(['exact', 'unbounded']) }),
    z.strictObject({ type: z.literal('bracket'), brackets: z.array(bracket).min(1).max(20) }),
    /** Milliseconds from the person's own start. */
    z.strictObject({ type: z.literal('rolling'), length: span }),
  ]),
  unit,
  weekStart,
};
const activityQuestion = { active: pick, unit, weekStart };
const trendQuestion = {
  series: z
    .array(z.strictObject({ pick, measure: z.enum(['events', 'people']) }))
    .min(1)
    .max(5),
  breakdown: z.strictObject({ property: propertyText, top }).optional(),
  unit,
  weekStart,
};
const pathsQuestion = {
  anchor: pick,
  direction: z.enum(['after', 'before']),
  steps: z.number().int().min(1).max(6),
  top: z.number().int().min(1).max(10),
};
const valueQuestion = {
  of: z.enum(['person', 'account']),
  start: pick,
  value: pick,
  loss: pick.optional(),
  /** Also counts who began in the range before, which is as long, and says whether the two differ. */
  compare: z.boolean().optional(),
};

/** Days that end when the report is opened, or from one date to another in the workspace's zone; one of the two. */
const openedWith = {
  days: z.number().int().min(1).max(longestDays).optional(),
  dates: z
    .strictObject({ from: z.string(), to: z.string() })
    .superRefine((dates, context) => {
      const message = dateRangeComplaint(dates);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .optional(),
};
/** What a saved report has besides its question: its name, and the range that it opens with. */
const about = { name: nameText, ...openedWith };

/** What is kept of a report. */
export const reportBody = z.preprocess(
  withKind,
  z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('funnel'), ...about, ...funnelQuestion }),
      z.strictObject({ kind: z.literal('retention'), ...about, ...retentionQuestion }),
      z.strictObject({ kind: z.literal('lifecycle'), ...about, ...activityQuestion }),
      z.strictObject({ kind: z.literal('stickiness'), ...about, ...activityQuestion }),
      z.strictObject({ kind: z.literal('trend'), ...about, ...trendQuestion }),
      z.strictObject({ kind: z.literal('paths'), ...about, ...pathsQuestion }),
      z.strictObject({ kind: z.literal('time-to-value'), ...about, ...valueQuestion }),
    ])
    .superRefine((body, context) => {
      if (body.kind === 'funnel') checkFunnel(body, context);
      if (body.kind === 'retention') checkRetention(body, context);
      if (body.days !== undefined && body.dates !== undefined)
        context.addIssue({ code: 'custom', path: ['dates'], message: 'a report opens with days or with dates, not with both' });
    }),
);
export type ReportBody = z.infer<typeof reportBody>;

function checkFunnel(
  { steps, exclusions = [], breakdown }: { [Key in keyof typeof funnelQuestion]?: z.infer<(typeof funnelQuestion)[Key]> },
  context: z.RefinementCtx,
): void {
  const last = steps?.length ?? 0;
  for (const [index, { after, before }] of exclusions.entries()) {
    if (after < before && before <= last) continue;
    context.addIssue({ code: 'custom', path: ['exclusions', index], message: 'it lies between two steps, the earlier one first' });
  }
  if (typeof breakdown?.by === 'number' && breakdown.by >= last)
    context.addIssue({ code: 'custom', path: ['breakdown', 'by'], message: 'there is no such step' });
}

function checkRetention({ mode }: { mode: z.infer<typeof retentionQuestion.mode> }, context: z.RefinementCtx): void {
  if (mode.type !== 'bracket') return;
  for (const [index, { from, to }] of mode.brackets.entries()) {
    if (from < to) continue;
    context.addIssue({ code: 'custom', path: ['mode', 'brackets', index], message: 'it ends after it begins' });
  }
}

/* What is asked: a question over a range. */

const zone = z
  .string()
  .max(60)
  .refine((name) => isZone(name), 'this is no time zone that is known here')
  .default('UTC');
/** Epoch milliseconds. `asOf` is the instant up to which is counted; now when absent. */
const asked = { from: instant, to: instant, zone, asOf: instant.optional() };

function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

/** `POST /reports/funnel` and so on: the question over a range. */
export const funnelRequest = z.strictObject({ ...funnelQuestion, ...asked }).superRefine(checkFunnel);
export const retentionRequest = z.strictObject({ ...retentionQuestion, ...asked }).superRefine(checkRetention);
export const activityRequest = z.strictObject({ ...activityQuestion, ...asked });
export const trendRequest = z.strictObject({ ...trendQuestion, ...asked });
export const pathsRequest = z.strictObject({ ...pathsQuestion, ...asked });
export const valueRequest = z.strictObject({ ...valueQuestion, ...asked });

/* Who is behind a number. */

const place = z.number().int().min(0).max(4000);
const value = z.union([z.string(), z.number(), z.boolean()]);
const ofValue = z.strictObject({ type: z.literal('value'), value });
const ofNone = z.strictObject({ type: z.literal('none') });
const person = z.number().int().min(0);
const limit = z.number().int().min(1).max(500).default(100);
/** `after` is the number of the last person of the page before; absent for the first page. */
const page = { after: person.optional(), limit };

const funnelCell = z.strictObject({
  step: z.number().int().min(0).max(9),
  went: z.enum(['reached', 'dropped']),
  group: z
    .discriminatedUnion('type', [
      ofValue,
      ofNone,
      z.strictObject({ type: z.literal('other') }),
      z.strictObject({ type: z.literal('mixed') }),
    ])
    .optional(),
  period: place.optional(),
  took: z.strictObject({ from: z.number().min(0), to: z.number().nullable() }).optional(),
});
const retentionCell = z.strictObject({ cohort: place, slot: place, returned: z.boolean() });
const lifecycleCell = z.strictObject({ period: place, state: z.enum(['new', 'returning', 'resurrecting', 'dormant']) });
const stickinessCell = z.strictObject({ periods: place, atLeast: z.boolean() });
const trendCell = z.strictObject({
  series: z.number().int().min(0).max(4),
  period: place.nullable(),
  group: z
    .discriminatedUnion('type', [ofValue, ofNone, z.strictObject({ type: z.literal('other'), than: z.array(value).max(20) })])
    .optional(),
});
export const pathCell = z.strictObject({
  place: z.number().int().min(1).max(6),
  stop: z.number().int().min(0).max(20),
  from: z.number().int().min(0).max(20).optional(),
});
const valueCell = z.strictObject({ outcome: z.enum(['reached', 'open', 'lost', 'all']), within: z.number().min(0).optional() });

/** `POST /reports/funnel/people` and so on: the same request, the number that is meant, and which page of the list. */
export const funnelPeopleRequest = z.strictObject({ ...funnelQuestion, ...asked, cell: funnelCell, ...page }).superRefine(checkFunnel);
export const retentionPeopleRequest = z
  .strictObject({ ...retentionQuestion, ...asked, cell: retentionCell, ...page })
  .superRefine(checkRetention);
export const lifecyclePeopleRequest = z.strictObject({ ...activityQuestion, ...asked, cell: lifecycleCell, ...page });
export const stickinessPeopleRequest = z.strictObject({ ...activityQuestion, ...asked, cell: stickinessCell, ...page });
export const trendPeopleRequest = z.strictObject({ ...trendQuestion, ...asked, cell: trendCell, ...page });
export const pathsPeopleRequest = z.strictObject({ ...pathsQuestion, ...asked, cell: pathCell, ...page });
export const valuePeopleRequest = z
  .strictObject({ ...valueQuestion, ...asked, cell: valueCell, after: z.union([person, z.string()]).optional(), limit })
  .refine(({ of, after }) => after === undefined || typeof after === (of === 'account' ? 'string' : 'number'), {
    path: ['after'],
    message: 'it is the last one of the page before: the number of a person, or the id of an account',
  });

export const peopleAnswer = z.object({
  of: z.enum(['person', 'account']),
  people: z.array(z.object({ id: z.string(), label: z.string() })),
  /** In all; those that were erased since are counted and not listed. */
  total: z.number(),
  /** What to ask for the page behind this one; null at the end. */
  next: z.union([z.number(), z.string()]).nullable(),
});
export type PeopleAnswer = z.infer<typeof peopleAnswer>;

/* Answers. Every one says how many it rests on, up to when, and how it was counted. */

const told = { n: z.number(), from: z.number(), to: z.number(), asOf: z.number(), formula: z.string() };
const groupKey = z.discriminatedUnion('type', [
  z.object({ type: z.literal('value'), value }),
  z.object({ type: z.literal('none') }),
  z.object({ type: z.literal('other') }),
  z.object({ type: z.literal('mixed') }),
]);
const spread = z.object({
  count: z.number(),
  median: z.number(),
  mean: z.number(),
  p90: z.number(),
  histogram: z.array(z.object({ from: z.number(), to: z.number().nullable(), count: z.number() })),
});
const period = z.object({ start: z.number(), complete: z.boolean() });

export const funnelAnswer = z.object({
  ...told,
  steps: z.array(
    z.object({
      label: z.string(),
      people: z.number(),
      ofFirst: z.number().nullable(),
      ofPrevious: z.number().nullable(),
      /** Median milliseconds from the step before, of those who took this one; null where nobody did. */
      medianBefore: z.number().nullable(),
    }),
  ),
  /** Milliseconds; null when nobody completed. */
  medianTime: z.number().nullable(),
  time: spread.nullable(),
  /** People per step of each group; null without a breakdown. */
  groups: z.array(z.object({ key: groupKey, reached: z.array(z.number()) })).nullable(),
  trend: z.array(period.extend({ entered: z.number(), converted: z.number() })).nullable(),
});
export const retentionAnswer = z.object({
  ...told,
  /** How the columns are called: a period since the start, a bracket of them, or milliseconds since the start. */
  slots: z.array(z.object({ from: z.number(), to: z.number() })),
  cohorts: z.array(
    z.object({
      start: z.number(),
      members: z.number(),
      cells: z.array(z.object({ people: z.number(), of: z.number(), complete: z.boolean() })),
    }),
  ),
  average: z.array(z.object({ people: z.number(), of: z.number(), rate: z.number().nullable() })),
});
export const lifecycleAnswer = z.object({
  ...told,
  periods: z.array(period.extend({ new: z.number(), returning: z.number(), resurrecting: z.number(), dormant: z.number() })),
});
export const stickinessAnswer = z.object({
  ...told,
  people: z.array(z.object({ periods: z.number(), people: z.number(), atLeast: z.number() })),
  /** The mean share active in a period that is over, of those active in any such; null without anybody. */
  average: z.number().nullable(),
});
export const trendAnswer = z.object({
  ...told,
  periods: z.array(period),
  series: z.array(
    z.object({
      /** Which of the asked series this belongs to, from 0. */
      series: z.number(),
      label: z.string(),
      measure: z.enum(['events', 'people']),
      /** Null without a breakdown. */
      key: groupKey.nullable(),
      total: z.number(),
      counts: z.array(z.number()),
    }),
  ),
});
const stop = z.discriminatedUnion('type', [
  z.object({ type: z.literal('event'), name: z.string() }),
  z.object({ type: z.literal('other') }),
  z.object({ type: z.literal('end') }),
]);
export const pathsAnswer = z.object({
  ...told,
  anchor: z.string(),
  places: z.array(z.object({ stops: z.array(z.object({ stop, people: z.number() })) })),
  links: z.array(z.object({ place: z.number(), from: z.number().nullable(), to: z.number(), people: z.number() })),
});
export const valueAnswer = z.object({
  ...told,
  of: z.enum(['person', 'account']),
  reached: z.number(),
  open: z.number(),
  lost: z.number(),
  quartiles: z.object({ first: z.number().nullable(), median: z.number().nullable(), third: z.number().nullable() }),
  /** The mean, counted no further than `within`, and its standard error. Milliseconds; null without anybody. */
  mean: z.object({ time: z.number(), error: z.number(), within: z.number() }).nullable(),
  /** The share that has reached it by a time, with the 95 % band; at most 400 points of all. Milliseconds. */
  curve: z.array(
    z.object({ time: z.number(), atRisk: z.number(), share: z.number(), low: z.number().nullable(), high: z.number().nullable() }),
  ),
  /** The same when who is lost stays lost (Aalen–Johansen); empty without a loss. */
  incidence: z.array(z.object({ time: z.number(), reached: z.number(), lost: z.number() })),
  finishedOnly: z.object({ mean: z.number().nullable(), median: z.number().nullable() }),
  /** Who began in the range before; null when it was not asked for. */
  before: z
    .object({
      from: z.number(),
      n: z.number(),
      reached: z.number(),
      median: z.number().nullable(),
      /** The share that has reached it by a time; at most 400 points. */
      curve: z.array(z.object({ time: z.number(), share: z.number() })),
      /** The log-rank test: how probable so large a difference is by chance, and whether the range was the sooner one. Null when nothing can be said. */
      difference: z.object({ p: z.number(), sooner: z.boolean() }).nullable(),
    })
    .nullable(),
});

/** `GET /reports/activation`: metrics 1 of the definitions; a rate without a denominator is null. */
export const activationAnswer = z.object({
  milestone: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Milliseconds allowed for activation. */
  within: z.number(),
  rate: z.number().nullable(),
  activated: z.number(),
  /** People whose window has fully passed: the denominator, and only they are in the numerator. */
  matured: z.number(),
  /** People who came in the period but whose window is still open. */
  open: z.number(),
  asOf: z.number(),
  formula: z.string(),
});

/** `GET /reports/queue`: counting for anybody of this installation; a report that waits says so. */
export const queueAnswer = z.object({ running: z.number(), waiting: z.number() });
/** `GET /reports/kinds`: of which kind each saved report is. */
export const kindsAnswer = z.object({ kinds: z.record(z.string(), z.string()) });
/** `GET /reports/properties?event`: properties of recent events, the most frequent first, for pickers. */
export const propertiesAnswer = z.object({ properties: z.array(z.object({ name: z.string(), values: z.array(z.string()) })) });

export type FunnelAnswer = z.infer<typeof funnelAnswer>;
export type RetentionAnswer = z.infer<typeof retentionAnswer>;
export type LifecycleAnswer = z.infer<typeof lifecycleAnswer>;
export type StickinessAnswer = z.infer<typeof stickinessAnswer>;
export type TrendAnswer = z.infer<typeof trendAnswer>;
export type PathsAnswer = z.infer<typeof pathsAnswer>;
export type ValueAnswer = z.infer<typeof valueAnswer>;
export type ActivationAnswer = z.infer<typeof activationAnswer>;
