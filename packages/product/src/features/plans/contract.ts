import { z } from 'zod';
import { givenId, idText, nameText } from '../../wire/text.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day as YYYY-MM-DD');
const instant = z.number();

/** `POST /plans`: starts a plan for an account from a published playbook. */
export const startPlanRequest = z.strictObject({ account: givenId, playbook: idText, name: nameText, start: day });

export const planTask = z.object({
  id: z.string(),
  title: z.string(),
  why: z.string(),
  owner: z.enum(['customer', 'vendor']),
  due: day,
  minutes: z.number(),
  internal: z.boolean(),
  url: z.string().nullable(),
  status: z.enum(['open', 'late', 'done']),
  doneAt: instant.nullable(),
  /** A sentence: “closed by First board created (Ada Lovelace)”, “closed by Grace Hopper”; or what it waits for. */
  because: z.string(),
  /** The people and events behind an automatic closing. */
  closedBy: z.object({ milestone: z.string(), people: z.array(z.object({ id: z.string(), label: z.string() })) }).nullable(),
  automatic: z.boolean(),
});
export const planPhase = z.object({ id: z.string(), title: z.string(), done: z.number(), total: z.number(), tasks: z.array(planTask) });
export const planSummary = z.object({
  id: z.string(),
  name: z.string(),
  account: z.object({ id: z.string(), name: z.string().nullable() }),
  start: day,
  done: z.number(),
  total: z.number(),
  late: z.number(),
  nextTask: z.string().nullable(),
  completedAt: instant.nullable(),
});
export const planAnswer = planSummary.extend({
  phases: z.array(planPhase),
  playbook: z.object({ id: z.string(), version: z.number(), name: z.string() }),
});
export const plansAnswer = z.object({ plans: z.array(planSummary) });
export type PlanAnswer = z.infer<typeof planAnswer>;
export type PlanSummary = z.infer<typeof planSummary>;
export type PlanTaskAnswer = z.infer<typeof planTask>;
