import { z } from 'zod';
import { asksForPerson } from '../../rules/asks-for.ts';
import { ruleSchema } from '../../wire/rule.ts';
import { longText, nameText } from '../../wire/text.ts';

export const milestoneBody = z
  .strictObject({
    name: nameText,
    description: longText,
    subject: z.enum(['person', 'account']),
    rule: ruleSchema,
    role: z.enum(['activation', 'aha', 'golden_feature', 'go_live', 'progress']),
  })
  .refine((milestone) => milestone.subject === 'person' || !asksForPerson(milestone.rule), {
    path: ['rule'],
    message:
      "An account's milestone asks for its traits and for milestones that its people reach: make a person's milestone of the event first.",
  });
