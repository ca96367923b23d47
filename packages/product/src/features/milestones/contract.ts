import { z } from 'zod';
import { ruleSchema } from '../../wire/rule.ts';
import { nameText, longText } from '../../wire/text.ts';

export const milestoneBody = z.strictObject({
  name: nameText,
  description: longText,
  subject: z.enum(['person', 'account']),
  rule: ruleSchema,
  role: z.enum(['activation', 'aha', 'golden_feature', 'go_live', 'progress']),
});
