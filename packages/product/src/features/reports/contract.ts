import { z } from 'zod';
import { instant, span } from '../../wire/instant.ts';
import { idText, nameText } from '../../wire/text.ts';

const step = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('event'), name: z.string().min(1).max(200) }),
  z.strictObject({ type: z.literal('milestone'), id: idText }),
]);

export const funnelBody = z.strictObject({
  name: nameText,
  steps: z.array(step).min(2, 'a funnel needs at least two steps').max(10),
  within: span,
});

/** `POST /reports/funnel` */
export const funnelRequest = z.strictObject({
  steps: z.array(step).min(2).max(10),
  within: span,
  from: instant,
  to: instant,
});
export const funnelAnswer = z.object({
  steps: z.array(z.object({ label: z.string(), people: z.number(), ofFirst: z.number().nullable(), ofPrevious: z.number().nullable() })),
  /** Milliseconds; null when nobody completed. */
  medianTime: z.number().nullable(),
  n: z.number(),
  asOf: z.number(),
  formula: z.string(),
});
/** `POST /reports/funnel/people`: everybody who came at least as far as a step, the rows behind its bar. */
export const funnelPeopleRequest = funnelRequest.extend({ step: z.number().int().min(0).max(9) });
export const funnelPeopleAnswer = z.object({ people: z.array(z.object({ id: z.string(), label: z.string() })), total: z.number() });

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
export type FunnelAnswer = z.infer<typeof funnelAnswer>;
export type ActivationAnswer = z.infer<typeof activationAnswer>;
