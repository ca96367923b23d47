import { z } from 'zod';
import { idText, linkText, longText, nameText } from '../../wire/text.ts';

export const completionSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('manual') }),
  z.strictObject({ type: z.literal('milestone'), milestone: idText, people: z.number().int().min(1).max(10_000) }),
]);

const task = z.strictObject({
  id: idText,
  title: nameText,
  why: longText,
  owner: z.enum(['customer', 'vendor']),
  dueDay: z.number().int().min(0).max(1000),
  minutes: z.number().int().min(0).max(10_000),
  internal: z.boolean(),
  completion: completionSchema,
  url: linkText.optional(),
});

export const playbookBody = z
  .strictObject({
    name: nameText,
    description: longText,
    phases: z
      .array(z.strictObject({ id: idText, title: nameText, tasks: z.array(task).max(100) }))
      .min(1, 'a playbook needs at least one phase')
      .max(30),
  })
  .refine((playbook) => {
    const ids = playbook.phases.flatMap((phase) => phase.tasks.map((entry) => entry.id));
    return new Set(ids).size === ids.length;
  }, 'two tasks have the same id');
