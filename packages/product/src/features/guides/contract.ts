import { z } from 'zod';
import { blockSchema } from '../../wire/content.ts';
import { holdoutShare } from '../../wire/holdout.ts';
import { ruleSchema } from '../../wire/rule.ts';
import { idText, nameText } from '../../wire/text.ts';
import { missingPolicies, placements } from './guide.ts';

const targetSchema = z
  .strictObject({
    testId: z.string().min(1).max(200).optional(),
    id: z.string().min(1).max(200).optional(),
    tag: z.string().min(1).max(40).optional(),
    role: z.string().min(1).max(40).optional(),
    name: z.string().min(1).max(200).optional(),
    text: z.string().min(1).max(200).optional(),
    label: z.string().min(1).max(200).optional(),
    selector: z.string().min(1).max(500).optional(),
  })
  .refine((target) => Object.values(target).some((value) => value !== undefined), 'say how to find the element');

const stepSchema = z.strictObject({
  id: idText,
  title: nameText,
  body: z.array(blockSchema).max(20),
  target: targetSchema.optional(),
  placement: z.enum(placements),
  advanceOnClick: z.boolean(),
  nextLabel: z.string().min(1).max(40).optional(),
  path: z.string().startsWith('/', 'a path starts with /').max(500).optional(),
  missing: z.enum(missingPolicies),
  timeout: z.number().int().min(0).max(60_000),
});

export const tourBody = z
  .strictObject({
    name: nameText,
    audience: ruleSchema,
    holdout: holdoutShare.optional(),
    start: z.enum(['auto', 'manual']),
    steps: z.array(stepSchema).min(1, 'a tour needs at least one step').max(30),
  })
  .refine((tour) => new Set(tour.steps.map((step) => step.id)).size === tour.steps.length, 'two steps have the same id');
