import { z } from 'zod';

const day = z.string();
/** `GET /portal/api/plan`: what the customer's people may see; nothing internal is in it. */
export const portalTask = z.object({
  id: z.string(),
  title: z.string(),
  why: z.string(),
  owner: z.enum(['customer', 'vendor']),
  due: day,
  minutes: z.number(),
  url: z.string().nullable(),
  status: z.enum(['open', 'late', 'done']),
  doneAt: z.number().nullable(),
  /** True when a fact closes it: the button then leads to the place, and there is nothing to tick. */
  automatic: z.boolean(),
  because: z.string(),
});
export const portalPlan = z.object({
  workspace: z.string(),
  account: z.string(),
  plan: z.string(),
  guest: z.string(),
  helper: z.object({ name: z.string(), email: z.string() }),
  next: portalTask.nullable(),
  phases: z.array(z.object({ id: z.string(), title: z.string(), done: z.number(), total: z.number(), tasks: z.array(portalTask) })),
  done: z.number(),
  total: z.number(),
  asOf: z.number(),
});
/** `POST /portal/api/open`: exchanges the link's token for a session cookie. */
export const openRequest = z.strictObject({ token: z.string().min(20).max(200) });
/** `POST /plans/:id/portal-link` with `{ email }`: a link for one guest; single use until opened. */
export const portalLinkRequest = z.strictObject({ email: z.email().max(254) });
export const portalLinkAnswer = z.object({ url: z.string() });

export type PortalPlan = z.infer<typeof portalPlan>;
export type PortalTask = z.infer<typeof portalTask>;
