import { z } from 'zod';
import { holdoutShare } from '../../wire/holdout.ts';
import { ruleSchema } from '../../wire/rule.ts';
import { idText, linkText, longText, nameText } from '../../wire/text.ts';

const action = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('navigate'), url: linkText, label: nameText }),
  z.strictObject({ type: z.literal('start_tour'), guide: idText, label: nameText }),
]);

const item = z.strictObject({ id: idText, title: nameText, description: longText, milestone: idText, action: action.optional() });

export const checklistBody = z
  .strictObject({
    name: nameText,
    audience: ruleSchema,
    holdout: holdoutShare.optional(),
    title: nameText,
    intro: longText,
    items: z.array(item).min(1, 'a checklist needs at least one item').max(20),
  })
  .refine((list) => new Set(list.items.map((entry) => entry.id)).size === list.items.length, 'two items have the same id');
