import { z } from 'zod';
import { countOperators, type Rule, rememberedTimes, traitOperators } from '../rules/rule.ts';

const maximumDepth = 10;
const maximumNodes = 200;

const trait = z.strictObject({
  type: z.literal('trait'),
  name: z.string().min(1).max(200),
  operator: z.enum(traitOperators),
  value: z.union([z.string().max(1000), z.number(), z.boolean()]).optional(),
});
const event = z.strictObject({
  type: z.literal('event'),
  name: z.string().min(1).max(200),
  operator: z.enum(countOperators),
  times: z.number().int().min(0).max(1_000_000),
  within: z
    .number()
    .int()
    .positive()
    .max(366 * 86_400_000)
    .optional(),
});
const milestone = z.strictObject({ type: z.literal('milestone'), id: z.string().min(1).max(64) });
const page = z.strictObject({ type: z.literal('page'), path: z.string().min(1).max(500).startsWith('/', 'a path starts with /') });

const anyRule: z.ZodType<Rule> = z.lazy(
  () =>
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('all'), of: z.array(anyRule).max(50) }),
      z.strictObject({ type: z.literal('any'), of: z.array(anyRule).max(50) }),
      z.strictObject({ type: z.literal('not'), rule: anyRule }),
      trait,
      event,
      milestone,
      page,
    ]) as unknown as z.ZodType<Rule>,
);

/** A rule as an author may save it: closed, at most 10 levels and 200 conditions, every condition complete. */
export const ruleSchema: z.ZodType<Rule> = z
  .unknown()
  // Before anything walks it: a rule ten thousand levels deep must be refused, not overflow the stack.
  .refine((value) => measure(value) !== undefined, `a rule has at most ${maximumDepth} levels and ${maximumNodes} conditions`)
  .pipe(anyRule)
  .superRefine((rule, context) => {
    for (const message of complaints(rule)) context.addIssue({ code: 'custom', message });
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

function complaints(rule: Rule): string[] {
  if (rule.type === 'all' || rule.type === 'any') return rule.of.flatMap(complaints);
  if (rule.type === 'not') return complaints(rule.rule);
  if (rule.type === 'trait') {
    const bare = rule.operator === 'exists' || rule.operator === 'missing';
    if (!bare && rule.value === undefined) return [`the condition on “${rule.name}” needs a value`];
    if (bare && rule.value !== undefined) return [`the condition on “${rule.name}” takes no value`];
  }
  if (rule.type === 'event' && rule.within !== undefined && rule.times >= rememberedTimes) {
    return [`within a window, “${rule.name}” can be counted to ${rememberedTimes - 1}`];
  }
  return [];
}
