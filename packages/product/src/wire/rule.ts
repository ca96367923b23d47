import { z } from 'zod';
import {
  contentStates,
  countOperators,
  dateOperators,
  longestDays,
  longestWindow,
  queryOperators,
  type Rule,
  textOperators,
  traitOperators,
  valueOperators,
} from '../rules/rule.ts';
import { largestSum } from '../rules/thousandths.ts';
import { complainAbout } from './rule-complaints.ts';

const maximumDepth = 10;
const maximumNodes = 200;

const name = z.string().min(1).max(200);
const id = z.string().min(1).max(64);
const zone = z.string().min(1).max(64);
const scalar = z.union([z.string().max(1000), z.number(), z.boolean()]);
const values = z.array(scalar).min(1, 'say at least one value').max(100);
const times = z.number().int().min(0).max(1_000_000);
const days = z.number().int().min(1).max(longestDays);
const span = z.number().int().positive().max(longestWindow);
const where = z
  .array(z.strictObject({ property: name, operator: z.enum(valueOperators), value: scalar.optional(), values: values.optional() }))
  .max(10);
const occurrence = { name, where: where.optional() };

const conditions = [
  z.strictObject({
    type: z.literal('trait'),
    of: z.enum(['account', 'membership']).optional(),
    name,
    operator: z.enum(traitOperators),
    value: scalar.optional(),
    values: values.optional(),
    zone: zone.optional(),
  }),
  z.strictObject({
    type: z.literal('event'),
    ...occurrence,
    operator: z.enum(countOperators),
    times,
    within: span.optional(),
    days: days.optional(),
    zone: zone.optional(),
  }),
  z.strictObject({
    type: z.literal('event_sum'),
    ...occurrence,
    property: name,
    operator: z.enum(countOperators),
    value: z.number().min(-largestSum).max(largestSum),
    days: days.optional(),
    zone: zone.optional(),
  }),
  z.strictObject({ type: z.literal('event_days'), ...occurrence, operator: z.enum(countOperators), times, days: days.optional(), zone }),
  z.strictObject({
    type: z.literal('event_time'),
    ...occurrence,
    which: z.enum(['first', 'last']),
    operator: z.enum(dateOperators),
    value: z.union([z.string().max(100), z.number()]),
    zone,
  }),
  z.strictObject({
    type: z.literal('sequence'),
    first: z.strictObject(occurrence),
    then: z.strictObject(occurrence),
    within: span,
    happened: z.boolean(),
  }),
  z.strictObject({ type: z.literal('milestone'), id }),
  z.strictObject({ type: z.literal('segment'), id }),
  z.strictObject({ type: z.literal('cohort'), id }),
  z.strictObject({ type: z.literal('content'), id, state: z.enum(contentStates) }),
  z.strictObject({ type: z.literal('page'), path: z.string().min(1).max(500).startsWith('/', 'a path starts with /') }),
  z.strictObject({ type: z.literal('page_query'), name, operator: z.enum(queryOperators), value: z.string().max(500).optional() }),
  z.strictObject({ type: z.literal('page_host'), operator: z.enum(textOperators), value: z.string().min(1).max(253).lowercase() }),
] as const;

const anyRule: z.ZodType<Rule> = z.lazy(
  () =>
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('all'), of: z.array(anyRule).max(50) }),
      z.strictObject({ type: z.literal('any'), of: z.array(anyRule).max(50) }),
      z.strictObject({ type: z.literal('at_least'), count: z.number().int().min(1), of: z.array(anyRule).max(50) }),
      z.strictObject({ type: z.literal('not'), rule: anyRule }),
      ...conditions,
    ]) as unknown as z.ZodType<Rule>,
);

/** A rule as an author may save it: closed, at most 10 levels and 200 conditions, every condition complete. */
export const ruleSchema: z.ZodType<Rule> = z
  .unknown()
  // Before anything walks it: a rule ten thousand levels deep must be refused, not overflow the stack.
  .refine((value) => measure(value) !== undefined, `a rule has at most ${maximumDepth} levels and ${maximumNodes} conditions`)
  .pipe(anyRule)
  .superRefine((rule, context) => {
    for (const { path, message } of complainAbout(rule)) context.addIssue({ code: 'custom', path: [...path], message });
  });

/** Counts nodes without recursion; undefined when the bounds are passed. */
function measure(root: unknown): number | undefined {
  let level: unknown[] = [root];
  let nodes = 0;
  for (let depth = 0; level.length > 0; depth++) {
    nodes += level.length;
    if (depth > maximumDepth || nodes > maximumNodes) return undefined;
    level = level.flatMap(childrenOf);
  }
  return nodes;
}

function childrenOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const of = 'of' in value && Array.isArray(value.of) ? value.of : [];
  return 'rule' in value ? [...of, value.rule] : of;
}
